'use client';
import { useRef, useState } from 'react';
import { Button } from '@/ui/button.tsx';
import { Bar } from '@/ui/page.tsx';
import { useReader } from '@/ui/reader-provider.tsx';

type Progress = { receivedBytes: number; totalBytes: number | null };

/** Reads the whole file, telling how far it is; what was cut off is not taken for whole. */
async function download(path: string, signal: AbortSignal, tell: (progress: Progress) => void): Promise<Blob | null> {
  const response = await fetch(path, { signal, cache: 'no-store' });
  const reader = response.ok ? response.body?.getReader() : undefined;
  if (!reader) return null;
  const length = response.headers.get('content-length');
  const totalBytes = length === null ? null : Number(length);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let receivedBytes = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
    receivedBytes += next.value.length;
    tell({ receivedBytes, totalBytes });
  }
  return totalBytes === null || receivedBytes === totalBytes ? new Blob(chunks, { type: 'text/csv' }) : null;
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Downloads the codes of a batch with its progress; it can be stopped. `label` names the batch for readers who do not see the table. */
export function CodeExport({ path, fileName, label }: { path: string; fileName: string; label: string }) {
  const { t, f } = useReader();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [end, setEnd] = useState<'done' | 'failed' | 'stopped' | null>(null);
  const abort = useRef<AbortController | null>(null);
  async function start() {
    abort.current = new AbortController();
    const { signal } = abort.current;
    setEnd(null);
    setProgress({ receivedBytes: 0, totalBytes: null });
    const file = await download(path, signal, setProgress).catch(() => null);
    setProgress(null);
    if (file) save(file, fileName);
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
        <Button onClick={() => void start()} aria-label={t('codes.exportOf', { label })}>
          {t('codes.export')}
        </Button>
      )}
      <p role="status" className={`text-xs ${end === 'failed' ? 'text-loss' : 'text-muted'}`}>
        {progress ? t('codes.received', { size: f.number(progress.receivedBytes / 1_048_576, 1) }) : end ? t(`codes.end.${end}`) : ''}
      </p>
    </div>
  );
}
