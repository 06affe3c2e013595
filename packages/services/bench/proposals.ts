/**
 * Predicted against true margin of what is proposed in simulated shops:
 * `node packages/services/bench/proposals.ts [--seeds 21,22] [--ideas 40] [--keep directory]`.
 * `--ideas n` also judges the best offer of n ideas that were weighed, proposed or not; `--keep` keeps the shops for the next run.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@promolift/db';
import { CampaignContent, Evidence, windowDays } from '@promolift/domain';
import { weighIdeas } from '../src/campaigns/propose/propose-campaigns.ts';
import { readShopPicture } from '../src/campaigns/propose/shop-picture.ts';
import { titleOf } from '../src/campaigns/propose/words.ts';
import { proposeCampaigns } from '../src/index.ts';
import { noProgress, openSimulatedShop, type OpenShop } from './simulated-shop.ts';
import { Judge } from './true-margin.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '22,20260101,905,906,907,908' },
    ideas: { type: 'string', default: '0' },
    keep: { type: 'string' },
    end: { type: 'string', default: '2026-11-23' },
    texts: { type: 'boolean', default: false },
  },
});
const SIZE = { users: 2_000, products: 500, days: 548 };

type Belief = { mean: number; standardDeviation: number };
type ResponseMetrics = {
  missedRise: number;
  sales: number;
  judgedSales: number;
  isLearned: Record<string, boolean>;
  lift: Belief;
  comeback: Belief;
  visibility: Belief;
};
type Line = { title: string; mean: number; low: number; high: number; truth: number };
const euro = (minor: number) => (minor / 100).toFixed(0).padStart(6);
const print = (text: string) => void process.stdout.write(`${text}\n`);

function printLines(heading: string, lines: readonly Line[]): void {
  print(`\n${heading}\n  predicted   (80% interval)      true`);
  for (const { title, mean, low, high, truth } of lines)
    print(`    ${euro(mean)}  (${euro(low)} …${euro(high)})  ${euro(truth)} ${truth >= low && truth <= high ? ' ' : '!'} ${title}`);
  print(`  ${summary(lines)}`);
}

function summary(lines: readonly Line[]): string {
  const count = (is: (line: Line) => boolean) => lines.filter(is).length;
  const sum = (of: (line: Line) => number) => lines.reduce((total, line) => total + of(line), 0);
  return `${lines.length} judged: ${count(({ truth }) => truth > 0)} truly earn, ${count(({ truth, low, high }) => truth >= low && truth <= high)} inside their interval; sum predicted ${euro(sum(({ mean }) => mean)).trim()}, true ${euro(sum(({ truth }) => truth)).trim()}`;
}

async function proposed(open: OpenShop, judge: Judge): Promise<Line[]> {
  await open.deps.sql.query("delete from campaigns where origin = 'ai'");
  const result = await proposeCampaigns(open.deps, noProgress());
  print(`${result.sentence.en} ${result.dropped.map(({ label, reason, count }) => `${count} ${label}: ${reason.en}`).join('; ')}`);
  const { rows } = await open.deps.sql.query<{ content: unknown; body: unknown }>(
    'select v.content, e.body from campaigns c join campaign_versions v on v.campaign_id = c.id join evidence e on e.id = v.evidence_id where c.id = any($1)',
    [result.campaignIds],
  );
  return rows.map(({ content, body }) => {
    const { promotions, audience, schedule, holdoutBasisPoints, budget } = CampaignContent.parse(content);
    const evidence = Evidence.parse(body);
    const { mean, low, high } = evidence.incrementalMarginMinor;
    const rule = promotions[0]?.rule;
    if (!rule) throw new Error('a proposal has a promotion');
    if (values.texts)
      for (const locale of ['en', 'zh'] as const)
        print(
          [evidence.title, ...evidence.reasons, ...evidence.assumptions].map((text) => text[locale]).join('\n    ') +
            `\n    budget ${budget.budgetMinor / 100}, discounts ${Math.round(evidence.discountCostMinor.mean / 100)}`,
        );
    const truth = judge.margin({ rule, segmentKeys: audience.segmentKeys, days: windowDays(schedule), holdoutBasisPoints });
    return { title: `${evidence.title.en} [${evidence.occasion} ${rule.kind}]`, mean, low, high, truth };
  });
}

async function responseLine({ deps }: OpenShop): Promise<string> {
  const { rows } = await deps.sql.query<{ status: string; metrics: ResponseMetrics; baseline: { missedRise: number } }>(
    "select status, metrics, baseline from models where kind = 'response' order by version desc limit 1",
  );
  const [model] = rows;
  if (!model) return 'Response: too few past sales; round numbers serve.';
  const belief = ({ mean, standardDeviation }: Belief) => `${mean.toFixed(2)} ± ${standardDeviation.toFixed(2)}`;
  const { metrics } = model;
  return `Response of ${metrics.sales} past sales: ${model.status}, missed ${metrics.missedRise.toFixed(2)} against ${model.baseline.missedRise.toFixed(2)} on the last ${metrics.judgedSales}; lift ${belief(metrics.lift)}, comeback ${belief(metrics.comeback)}, announced ${belief(metrics.visibility)}; served: ${JSON.stringify(metrics.isLearned)}`;
}

async function weighed(open: OpenShop, judge: Judge, most: number): Promise<Line[]> {
  await open.deps.sql.query("delete from campaigns where origin = 'ai'");
  const picture = await readShopPicture(open.deps);
  const offers = weighIdeas(picture).flatMap((tried) =>
    tried.filter(({ scored }, at) => tried.findIndex((other) => other.scored.offer.rule.kind === scored.offer.rule.kind) === at),
  );
  return offers
    .filter((_, at) => at % Math.max(1, Math.ceil(offers.length / most)) === 0)
    .map(({ scored, obstacle }) => ({
      title: `${titleOf(scored, picture).en} [${scored.idea.occasion} ${scored.offer.rule.kind}]${obstacle ? ` (${obstacle.en})` : ''}`,
      mean: scored.effect.marginMinor.mean,
      low: scored.effect.marginMinor.low,
      high: scored.effect.marginMinor.high,
      truth: judge.margin({ ...scored.offer, holdoutBasisPoints: picture.settings.holdoutBasisPoints }),
    }));
}

/** One row per shop and one for all: what proposals promise against what they truly earn. */
function printTable(bySeed: ReadonlyMap<number, readonly Line[]>): void {
  print(`\n${['seed', 'proposals', 'truly earn', 'in 80%', 'predicted', 'true', 'ratio'].map((head) => head.padStart(11)).join('')}`);
  const rows: (readonly [number | 'all', readonly Line[]])[] = [...bySeed, ['all', [...bySeed.values()].flat()]];
  for (const [seed, lines] of rows) {
    const share = (is: (line: Line) => boolean) => `${Math.round((100 * lines.filter(is).length) / Math.max(1, lines.length))}%`;
    const sum = (of: (line: Line) => number) => lines.reduce((total, line) => total + of(line), 0);
    const [predicted, truth] = [sum(({ mean }) => mean), sum((line) => line.truth)];
    const cells = [seed, lines.length, share((line) => line.truth > 0), share((line) => line.truth >= line.low && line.truth <= line.high)];
    print([...cells, euro(predicted), euro(truth), (predicted / truth).toFixed(2)].map((cell) => String(cell).padStart(11)).join(''));
  }
}

const directory = values.keep ?? (await mkdtemp(join(tmpdir(), 'promolift-proposals-')));
const server = await startEmbeddedPostgres({ directory: join(directory, 'postgres'), onLog: () => undefined });
const all = new Map<number, Line[]>();
const ideas: Line[] = [];
try {
  for (const seed of values.seeds.split(',').map(Number)) {
    const open = await openSimulatedShop(server.url, { seed, ...SIZE }, new Date(values.end));
    const judge = await Judge.over(open);
    print(`\n# Seed ${seed}`);
    print(await responseLine(open));
    const lines = await proposed(open, judge);
    printLines('Proposed', lines);
    all.set(seed, lines);
    if (Number(values.ideas) > 0) {
      const tried = await weighed(open, judge, Number(values.ideas));
      printLines('Weighed', tried);
      ideas.push(...tried);
    }
    await open.close();
  }
  printTable(all);
  if (ideas.length > 0) print(`Weighed in all shops: ${summary(ideas)}`);
} finally {
  await server.stop();
  if (values.keep === undefined) await rm(directory, { recursive: true, force: true });
}
