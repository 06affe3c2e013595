import type { ImportPreview } from '@promolift/services';

/** What an import would do, as Markdown. */
export function importPreviewText(preview: ImportPreview): string {
  const { rowsRead, kept, repaired, rejected } = preview.counts;
  return [
    `Format: ${preview.format ?? 'unknown'}${preview.detectedFormat === preview.format ? '' : ` (the file looks like ${preview.detectedFormat ?? 'no known format'})`}`,
    ...preview.columns.map(({ field, column, confidence, isRequired }) =>
      column === null
        ? `- ${field}: no column${isRequired ? ', but it is needed' : ''}`
        : `- ${field}: ${column}${confidence === null ? '' : ` (${Math.round(confidence * 100)}% sure)`}`,
    ),
    `First ${rowsRead} rows: ${kept} kept, ${repaired} repaired, ${rejected} rejected. Nothing was written.`,
    ...preview.reasons.map(({ reason, outcome, count, statement }) => `- ${count} × ${reason}, ${outcome}: ${statement}`),
    ...preview.problems.map(
      ({ row, column, reason, value }) => `- row ${row}, ${column || 'whole row'}: ${reason} ${JSON.stringify(value)}`,
    ),
    `Would give: ${preview.rowsOut.map(({ kind, count }) => `${count} ${kind}`).join(', ') || 'nothing'}`,
  ].join('\n');
}
