'use client';
import { z } from 'zod';
import { Facts } from '@/ui/page.tsx';
import { Field } from '@/ui/field.tsx';
import { useReader } from '@/ui/reader-provider.tsx';

export const ImportPreviewParts = z.object({
  detectedFormat: z.string().nullable(),
  format: z.string().nullable(),
  header: z.array(z.string()),
  mappedRows: z.string().nullable(),
  mapping: z.record(z.string(), z.unknown()).nullable(),
  fault: z.string().nullable(),
  columns: z.array(
    z.object({ field: z.string(), column: z.string().nullable(), confidence: z.number().nullable(), isRequired: z.boolean() }),
  ),
  counts: z.object({ rowsRead: z.number(), kept: z.number(), repaired: z.number(), rejected: z.number() }),
  reasons: z.array(z.object({ reason: z.string(), outcome: z.string(), count: z.number(), statement: z.string() })),
  problems: z.array(z.object({ row: z.number(), column: z.string(), reason: z.string(), value: z.string() })),
  rowsOut: z.array(z.object({ kind: z.string(), count: z.number() })),
});
export type ImportPreviewParts = z.infer<typeof ImportPreviewParts>;

const Columns = z.record(z.string(), z.string()).catch({});
const mappedColumns = ({ mapping, columns }: ImportPreviewParts): Record<string, string> =>
  mapping
    ? Columns.parse(mapping['columns'])
    : Object.fromEntries(columns.flatMap(({ field, column }) => (column === null ? [] : [[field, column]])));

/** The mapping with one field moved to another column; an empty column takes the field out. */
export function mappingOf(preview: ImportPreviewParts, field: string, column: string): Pick<ImportPreviewParts, 'mapping'> {
  const { [field]: _moved, ...others } = mappedColumns(preview);
  const columns = column === '' ? others : { ...others, [field]: column };
  return { mapping: { ...preview.mapping, rows: preview.mappedRows ?? 'sales', columns } };
}

/** What the file is taken for, what its columns mean, and what became of its first rows. */
export function ImportPreviewShown({
  preview,
  onMap,
  onRows,
}: {
  preview: ImportPreviewParts;
  onMap: (field: string, column: string) => void;
  onRows: (rows: string) => void;
}) {
  const { t, f } = useReader();
  const { counts } = preview;
  const mapped = mappedColumns(preview);
  return (
    <section className="flex flex-col gap-3 rounded-lg border border-line px-4 py-3">
      <p className="font-medium">
        {preview.detectedFormat ? t('imports.detected', { format: preview.detectedFormat }) : t('imports.notDetected')}
      </p>
      {preview.fault ? <p className="text-loss">{preview.fault}</p> : null}
      {preview.columns.length > 0 ? (
        <fieldset className="grid gap-3 sm:grid-cols-2">
          <legend className="mb-2 text-sm font-semibold">{t('imports.columnsTitle')}</legend>
          <Field label={t('imports.rowMeans')} className="sm:col-span-2">
            <select className="control" value={preview.mappedRows ?? 'sales'} onChange={(event) => onRows(event.target.value)}>
              <option value="sales">{t('imports.rowSales')}</option>
              <option value="products">{t('imports.rowProducts')}</option>
            </select>
          </Field>
          {preview.columns.map(({ field, column, confidence, isRequired }) => (
            <Field
              key={field}
              label={isRequired ? `${field} (${t('imports.needed')})` : field}
              {...(confidence !== null && mapped[field] === column ? { hint: t('imports.sure', { share: f.percent(confidence) }) } : {})}
            >
              <select className="control" value={mapped[field] ?? ''} onChange={(event) => onMap(field, event.target.value)}>
                <option value="">{t('imports.noColumn')}</option>
                {preview.header.map((name) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </select>
            </Field>
          ))}
        </fieldset>
      ) : null}
      <p>
        {t('imports.dryRun', {
          read: f.number(counts.rowsRead),
          kept: f.number(counts.kept),
          repaired: f.number(counts.repaired),
          rejected: f.number(counts.rejected),
        })}
      </p>
      {preview.reasons.length > 0 ? (
        <Facts rows={preview.reasons.map(({ reason, count, statement }) => [`${f.number(count)} × ${reason}`, statement] as const)} />
      ) : null}
      {preview.problems.length > 0 ? (
        <details>
          <summary className="w-fit text-muted">{t('imports.problems')}</summary>
          <ul className="mt-2 text-xs">
            {preview.problems.map(({ row, column, reason, value }) => (
              <li key={`${row} ${column}`}>
                {t('imports.rowIs', { row: f.number(row), column, reason })} <code className="font-mono break-all">{value}</code>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {preview.rowsOut.length > 0 ? (
        <Facts rows={[[t('imports.wouldGive'), preview.rowsOut.map(({ kind, count }) => `${f.number(count)} ${kind}`).join(', ')]]} />
      ) : null}
    </section>
  );
}
