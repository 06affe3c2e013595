import { Evidence, formatMoney } from '@promolift/domain';
import { z } from 'zod';
import type { OpenInstallation } from '../shared/open-installation.ts';

/** What was learned and proposed, as Markdown, from the rows the jobs left behind. */
export async function loopReport(installation: OpenInstallation, title: string, importText: string): Promise<string> {
  const sections = await Promise.all([models(installation), segments(installation), forecasts(installation), proposals(installation)]);
  return [`# ${title}`, '', '## Imported', '', importText, '', ...sections].join('\n');
}

async function models({ database }: OpenInstallation): Promise<string> {
  const { rows } = await database.pool.query<{
    kind: string;
    version: number;
    algorithm: string;
    status: string;
    metrics: unknown;
    baseline: unknown;
  }>('select kind, version, algorithm, status, metrics, baseline from models order by kind, version');
  return section('Models', [
    '| kind | algorithm | status | measured | baseline |',
    '|---|---|---|---|---|',
    ...rows.map(
      (row) => `| ${row.kind} v${row.version} | ${row.algorithm} | ${row.status} | ${numbers(row.metrics)} | ${numbers(row.baseline)} |`,
    ),
  ]);
}

async function segments({ database }: OpenInstallation): Promise<string> {
  const { rows } = await database.pool.query<{ name: { en?: string }; size: number }>(
    'select name, size from segments where retired_at is null order by size desc',
  );
  return section(
    'Segments',
    rows.map(({ name, size }) => `- ${name.en ?? 'unnamed'}: ${size.toLocaleString('en')} users`),
  );
}

async function forecasts({ database }: OpenInstallation): Promise<string> {
  const { rows } = await database.pool.query<{ algorithm: string; series: number; mase: number | null; baseline: number | null }>(
    `select algorithm, count(*) as series, avg(mase) as mase, avg(baseline_mase) as baseline from forecast_series s
     where s.model_id = (select id from models where kind like '%forecast%' or kind = 'demand' order by created_at desc limit 1) group by algorithm order by count(*) desc`,
  );
  return section('Forecasts', [
    '| algorithm | series | mean MASE | seasonal naive |',
    '|---|--:|--:|--:|',
    ...rows.map(
      ({ algorithm, series, mase, baseline }) =>
        `| ${algorithm} | ${series} | ${mase?.toFixed(3) ?? '–'} | ${baseline?.toFixed(3) ?? '–'} |`,
    ),
  ]);
}

async function proposals({ database }: OpenInstallation): Promise<string> {
  const { rows } = await database.pool.query<{ name: string; body: unknown }>(
    `select c.name, e.body from campaigns c join campaign_versions v on v.campaign_id = c.id and v.version = c.current_version left join evidence e on e.id = v.evidence_id
     where c.origin = 'ai' order by c.created_at, c.id`,
  );
  if (rows.length === 0) return section('Proposals', ['Nothing worth doing now.', ...(await dropped({ database }))]);
  const left = await dropped({ database });
  return section('Proposals', [
    ...rows.flatMap(({ name, body }) => {
      const evidence = Evidence.safeParse(body);
      if (!evidence.success) return [`### ${name}`, ''];
      const { incrementalMarginMinor: gain, currency, probabilityOfGain, reasons, audienceSize } = evidence.data;
      const money = (minor: number) => formatMoney(Math.round(minor), currency, 'en');
      return [
        `### ${name}`,
        '',
        `Expected gain ${money(gain.mean)} (80%: ${money(gain.low)} to ${money(gain.high)}), probability of a gain ${Math.round(probabilityOfGain * 100)}%, ${audienceSize.toLocaleString('en')} users.`,
        '',
        ...reasons.map(({ en }) => `- ${en}`),
        '',
      ];
    }),
    ...left,
  ]);
}

const RunResult = z.object({
  sentence: z.object({ en: z.string() }),
  dropped: z.array(z.object({ label: z.string(), count: z.number(), reason: z.object({ en: z.string() }) })),
});

/** Why ideas were left out: the proposing job's own words. */
async function dropped({ database }: Pick<OpenInstallation, 'database'>): Promise<string[]> {
  const { rows } = await database.pool.query<{ result: unknown }>(
    "select result from job_runs where name = 'propose-campaigns' order by created_at desc limit 1",
  );
  const run = RunResult.safeParse(rows[0]?.result);
  if (!run.success) return [];
  return ['', run.data.sentence.en, '', ...run.data.dropped.map(({ label, count, reason }) => `- ${count} × ${label}: ${reason.en}`)];
}

const section = (title: string, lines: readonly string[]): string =>
  [`## ${title}`, '', ...(lines.length === 0 ? ['None.'] : lines), ''].join('\n');

/** Flat numbers of a JSON object: "ndcg10 0.123, coverage 0.45". */
function numbers(value: unknown): string {
  if (value === null || typeof value !== 'object') return '';
  return Object.entries(value)
    .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
    .slice(0, 6)
    .map(([name, number]) => `${name} ${Number(number.toPrecision(4))}`)
    .join(', ');
}
