import { z } from 'zod';

const Report = z.object({
  files: z
    .array(
      z.object({
        file: z.string(),
        rowsRead: z.number(),
        kept: z.number(),
        repaired: z.number(),
        rejected: z.number(),
        byReason: z.record(z.string(), z.number()),
      }),
    )
    .default([]),
  notImported: z.array(z.object({ file: z.string(), reason: z.string() })).default([]),
  rules: z.array(z.object({ reason: z.string(), statement: z.string() })).default([]),
  counts: z.record(z.string(), z.number()).default({}),
  rowsPerSecond: z.number().optional(),
  readiness: z
    .object({ models: z.array(z.object({ model: z.string(), isReady: z.boolean(), missing: z.string().nullable() })) })
    .optional(),
});

const number = (value: number): string => value.toLocaleString('en');

/** An import's report as Markdown: what came of each file's rows and why, what was written, what can be learned from it. */
export function importReportText(report: unknown): string {
  const { files, notImported, rules, counts, rowsPerSecond, readiness } = Report.parse(report);
  const statements = new Map(rules.map(({ reason, statement }) => [reason, statement]));
  return [
    '| file | rows | kept | repaired | rejected |',
    '|---|--:|--:|--:|--:|',
    ...files.map(
      (file) => `| ${file.file} | ${number(file.rowsRead)} | ${number(file.kept)} | ${number(file.repaired)} | ${number(file.rejected)} |`,
    ),
    '',
    ...files.flatMap(({ file, byReason }) =>
      Object.entries(byReason).map(
        ([reason, count]) => `- ${file}: ${number(count)} × ${reason} (${statements.get(reason) ?? 'no rule stated'})`,
      ),
    ),
    ...notImported.map(({ file, reason }) => `- ${file}: not imported, ${reason}`),
    '',
    `Written: ${Object.entries(counts)
      .map(([name, count]) => `${number(count)} ${name}`)
      .join(', ')}${rowsPerSecond ? ` (${number(rowsPerSecond)} rows/s)` : ''}`,
    ...(readiness?.models ?? []).map(({ model, isReady, missing }) => `- ${model}: ${isReady ? 'can be learned' : `not yet, ${missing}`}`),
  ].join('\n');
}
