'use client';
import { useRef, useState } from 'react';
import { z } from 'zod';
import type { ActionState } from '@/lib/action.ts';
import { IDLE, Problems } from '@/ui/action-form.tsx';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { Icon } from '@/ui/icon.tsx';
import { newKey } from '@/ui/new-key.ts';
import { Bar } from '@/ui/page.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import { importFormats, suggestFormat } from './import-formats.ts';
import { JobProgress } from './job-progress.tsx';
import { ImportPreviewParts, ImportPreviewShown, mappingOf } from './import-preview.tsx';
import { importData, previewImport } from './model.actions.ts';

const Uploaded = z.object({ uploadId: z.string().min(1) });

/** Sends the file as a raw body and reports how much has gone; fetch cannot report that. */
function upload(file: File, onProgress: (share: number) => void): Promise<string | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/imports/upload');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
    request.upload.onprogress = (event) => onProgress(event.lengthComputable ? event.loaded / event.total : 0);
    request.onerror = () => resolve(null);
    request.onload = () => {
      const parsed = request.status < 300 ? Uploaded.safeParse(JSON.parse(request.responseText)) : null;
      resolve(parsed?.success ? parsed.data.uploadId : null);
    };
    request.send(file);
  });
}

/** Drop a file, say what it is, follow the job. */
export function ImportForm({ currency, timeZone }: { currency: string; timeZone: string }) {
  const { t, f } = useReader();
  const [file, setFile] = useState<File | null>(null);
  const [format, setFormat] = useState<string>('csv');
  const [sent, setSent] = useState<number | null>(null);
  const [state, setState] = useState<ActionState>(IDLE);
  const [uploadId, setUploadId] = useState<string | null>(null);
  const [preview, setPreview] = useState<ImportPreviewParts | null>(null);
  const [isChecking, setIsChecking] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const choose = (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    setFormat(suggestFormat(chosen.name));
    setUploadId(null);
    setPreview(null);
    setState(IDLE);
  };
  async function sentId(chosen: File): Promise<string | null> {
    if (uploadId) return uploadId;
    setSent(0);
    const id = await upload(chosen, setSent);
    setSent(null);
    setUploadId(id);
    if (!id) setState({ outcome: 'refused', problems: [{ message: t('imports.uploadFailed'), code: 'UPLOAD_FAILED' }] });
    return id;
  }
  async function check(overrides: Record<string, string> = {}) {
    if (!file || !form.current) return;
    setState(IDLE);
    const id = await sentId(file);
    if (!id) return;
    const asked = new FormData(form.current);
    asked.set('uploadId', id);
    if (!preview) asked.delete('format');
    for (const [name, value] of Object.entries(overrides)) asked.set(name, value);
    setIsChecking(true);
    const answer = await previewImport(asked);
    setIsChecking(false);
    const parsed = answer.value ? ImportPreviewParts.safeParse(JSON.parse(answer.value)) : null;
    if (!parsed?.success) return setState(answer);
    // A mapping that is not whole yet comes back empty; what was chosen so far stays.
    setPreview({ ...parsed.data, mapping: parsed.data.mapping ?? (overrides['mapping'] ? JSON.parse(overrides['mapping']) : null) });
    if (importFormats.some((known) => known === parsed.data.format)) setFormat(parsed.data.format ?? 'csv');
  }
  async function start(asked: FormData) {
    if (!file || !uploadId) return;
    setState(IDLE);
    asked.set('uploadId', uploadId);
    asked.set('fileName', file.name);
    asked.set('idempotencyKey', newKey());
    setState(await importData(IDLE, asked));
  }
  if (state.outcome === 'done' && state.value) {
    return (
      <div className="flex flex-col gap-3">
        <JobProgress jobId={state.value} />
        <Button
          onClick={() => {
            setState(IDLE);
            setFile(null);
            setUploadId(null);
            setPreview(null);
          }}
        >
          {t('imports.another')}
        </Button>
      </div>
    );
  }
  return (
    <form ref={form} action={start} className="flex flex-col gap-4">
      <label
        className="flex flex-col items-center gap-2 rounded-lg border-2 border-dashed border-line-strong px-4 py-8 text-center focus-within:border-accent hover:bg-sunken"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          choose(event.dataTransfer.files[0]);
        }}
      >
        <Icon name="imports" size={28} />
        <span className="font-medium">{file ? file.name : t('imports.drop')}</span>
        <span className="text-xs text-muted">
          {file ? t('imports.fileSize', { size: f.number(file.size / 1_048_576, 1) }) : t('imports.dropHint')}
        </span>
        <input type="file" className="sr-only" onChange={(event) => choose(event.target.files?.[0])} />
      </label>
      <Field label={t('imports.format')}>
        <select
          name="format"
          className="control"
          value={format}
          onChange={(event) => {
            setFormat(event.target.value);
            if (preview) void check({ format: event.target.value, mapping: '' });
          }}
        >
          {importFormats.map((known) => (
            <option key={known} value={known}>
              {t(`importFormat.${known}`)}
            </option>
          ))}
        </select>
      </Field>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label={t('settings.currency')}>
          <input name="currency" className="control" defaultValue={currency} maxLength={3} />
        </Field>
        <Field label={t('settings.timeZone')}>
          <input name="timeZone" className="control" defaultValue={timeZone} />
        </Field>
        <Field label={t('imports.margin')} hint={t('imports.marginHint')}>
          <input name="assumedMarginPercent" type="number" min={0} max={99} className="control" />
        </Field>
      </div>
      <label className="flex items-start gap-2">
        <input type="checkbox" name="assumeConsent" className="mt-1" />
        <span>
          {t('imports.consent')}
          <span className="block text-xs text-muted">{t('imports.consentHint')}</span>
        </span>
      </label>
      <input type="hidden" name="mapping" value={preview?.mapping ? JSON.stringify(preview.mapping) : ''} />
      {preview ? (
        <ImportPreviewShown
          preview={preview}
          onRows={(rows) => void check({ format: 'csv', mapping: JSON.stringify({ rows, columns: {} }) })}
          onMap={(field, column) => {
            const mapping = mappingOf(preview, field, column);
            setPreview({ ...preview, ...mapping });
            void check({ format: 'csv', mapping: JSON.stringify(mapping.mapping) });
          }}
        />
      ) : null}
      <div role="status">
        {isChecking ? <p className="text-xs">{t('imports.checking')}</p> : null}
        {sent === null ? null : (
          <>
            <p className="mb-1 text-xs">{t('imports.sending', { share: f.percent(sent) })}</p>
            <Bar share={sent} label={t('job.progress')} />
          </>
        )}
      </div>
      <Problems problems={state.problems} />
      <div className="flex flex-wrap gap-2">
        <Button look={preview ? 'plain' : 'primary'} disabled={!file || sent !== null || isChecking} onClick={() => void check()}>
          {t('imports.check')}
        </Button>
        {preview ? (
          <Button type="submit" look="primary" disabled={isChecking || preview.fault !== null || preview.counts.rowsRead === 0}>
            {t('imports.submit')}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
