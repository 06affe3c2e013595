'use client';
import { useRef, useState } from 'react';
import { Button } from '@/ui/button.tsx';
import { Bar } from '@/ui/page.tsx';
import { useReader } from '@/ui/reader-provider.tsx';

type Progress = { receivedBytes: number; totalBytes: number | null };

/** What has come of a file. `etag`: says that a later answer is of the same file; null = it cannot be gone on with. */
type Part = { chunks: Uint8Array<ArrayBuffer>[]; receivedBytes: number; totalBytes: number | null; etag: string | null };

/** Asks for the file, or for what is missing of a part of it; a file that has changed since comes whole again. */
async function ask(path: string, part: Part | null, signal: AbortSignal): Promise<{ response: Response; part: Part } | null> {
  const rest = part?.etag ? { range: `bytes=${part.receivedBytes}-`, 'if-range': part.etag } : undefined;
  const response = await fetch(path, { signal, cache: 'no-store', ...(rest && { headers: rest }) });
  if (!response.ok) return null;
  if (part && response.status === 206) return { response, part };
  const length = response.headers.get('content-length');
  return {
    response,
    part: {
      chunks: [],
      receivedBytes: 0,
      totalBytes: length === null ? null : Number(length),
      etag: response.headers.get('etag'),
    },
  };
}

/** Reads what comes into the part, telling how far it is, until all has come; throws where it breaks off. What was cut off is not taken for whole. */
async function fill(response: Response, part: Part, tell: (progress: Progress) => void): Promise<Blob | null> {
  const reader = response.body?.getReader();
  if (!reader) return null;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    part.chunks.push(next.value);
    part.receivedBytes += next.value.length;
    tell({ receivedBytes: part.receivedBytes, totalBytes: part.totalBytes });
  }
  return part.totalBytes === null || part.receivedBytes === part.totalBytes ? new Blob(part.chunks, { type: 'text/csv' }) : null;
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Downloads the codes of a batch with its progress; it can be stopped, and goes on where it broke off. `label` names the batch for readers who do not see the table. */
export function CodeExport({ path, fileName, label }: { path: string; fileName: string; label: string }) {
  const { t, f } = useReader();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [canGoOn, setCanGoOn] = useState(false);
  const [end, setEnd] = useState<'done' | 'failed' | 'stopped' | null>(null);
  const abort = useRef<AbortController | null>(null);
  /** What a download that broke off or was stopped has left. */
  const kept = useRef<Part | null>(null);
  async function start() {
    abort.current = new AbortController();
    const { signal } = abort.current;
    setEnd(null);
    setProgress({ receivedBytes: kept.current?.receivedBytes ?? 0, totalBytes: kept.current?.totalBytes ?? null });
    const asked = await ask(path, kept.current, signal).catch(() => null);
    if (asked) kept.current = asked.part;
    const file = asked && (await fill(asked.response, asked.part, setProgress).catch(() => null));
    setProgress(null);
    if (file) {
      save(file, fileName);
      kept.current = null;
    }
    setCanGoOn(kept.current?.etag != null);
    setEnd(file ? 'done' : signal.aborted ? 'stopped' : 'failed');
  }
  const share = progress?.totalBytes ? progress.receivedBytes / progress.totalBytes : 0;
  return (
    <div className="min-w-28">
      {progress ? (
        <>
          <Bar share={share} label={t('codes.exporting', { label })} />
          <Button look="quiet" onClick={() => abort.current?.abort()}>
            {t('codes.stop')}
          </Button>
        </>
      ) : (
        <Button onClick={() => void start()} aria-label={t(canGoOn ? 'codes.goOnOf' : 'codes.exportOf', { label })}>
          {t(canGoOn ? 'codes.goOn' : 'codes.export')}
        </Button>
      )}
      <p role="status" className={`text-xs ${end === 'failed' ? 'text-loss' : 'text-muted'}`}>
        {progress ? t('codes.received', { size: f.number(progress.receivedBytes / 1_048_576, 1) }) : end ? t(`codes.end.${end}`) : ''}
      </p>
    </div>
  );
}
