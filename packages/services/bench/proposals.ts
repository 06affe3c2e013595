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
    seeds: { type: 'string', default: '21,22' },
    ideas: { type: 'string', default: '0' },
    keep: { type: 'string' },
    end: { type: 'string', default: '2026-11-23' },
    texts: { type: 'boolean', default: false },
  },
});
const SIZE = { users: 2_000, products: 500, days: 548 };

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

const directory = values.keep ?? (await mkdtemp(join(tmpdir(), 'promolift-proposals-')));
const server = await startEmbeddedPostgres({ directory: join(directory, 'postgres'), onLog: () => undefined });
const [all, ideas]: [Line[], Line[]] = [[], []];
try {
  for (const seed of values.seeds.split(',').map(Number)) {
    const open = await openSimulatedShop(server.url, { seed, ...SIZE }, new Date(values.end));
    const judge = await Judge.over(open);
    print(`\n# Seed ${seed}`);
    const lines = await proposed(open, judge);
    printLines('Proposed', lines);
    all.push(...lines);
    if (Number(values.ideas) > 0) {
      const tried = await weighed(open, judge, Number(values.ideas));
      printLines('Weighed', tried);
      ideas.push(...tried);
    }
    await open.close();
  }
  print(`\nProposed in all shops: ${summary(all)}`);
  if (ideas.length > 0) print(`Weighed in all shops: ${summary(ideas)}`);
} finally {
  await server.stop();
  if (values.keep === undefined) await rm(directory, { recursive: true, force: true });
}
