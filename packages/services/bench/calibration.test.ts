import { startTestDatabase, type TestDatabase } from '@promolift/testing';
import { expect, test } from 'vitest';
import { readCallResponse } from '../src/campaigns/response/call-response.ts';
import { usualResponse } from '../src/campaigns/response/learn-response.ts';
import { missingRate } from '../src/campaigns/response/shopper-groups.ts';
import { trainResponse } from '../src/campaigns/response/train-response.ts';
import { weighIdeas } from '../src/campaigns/propose/propose-campaigns.ts';
import { readShopPicture } from '../src/campaigns/propose/shop-picture.ts';
import { readDemand } from '../src/forecasts/read-demand.ts';
import { trainElasticity } from '../src/forecasts/train-elasticity.ts';
import { openShopIn, type OpenShop } from './simulated-shop.ts';
import { Judge } from './true-margin.ts';

const NOW = new Date('2026-09-14');
const SIZE = { seed: 13, users: 1_000, products: 160, days: 548 };

async function learn({ deps }: OpenShop) {
  const demand = await readDemand(deps, NOW);
  if (!demand) throw new Error('the shop has orders');
  await trainElasticity(deps, demand, NOW, 1);
  const trained = await trainResponse(deps, NOW);
  if (!trained) throw new Error('the shop has had sales');
  return trained;
}

/** The best offer of each idea, with what it truly changes. */
async function judged(open: OpenShop) {
  const picture = await readShopPicture(open.deps);
  const judge = await Judge.over(open);
  const { holdoutBasisPoints } = picture.settings;
  return weighIdeas(picture)
    .flatMap(([best]) => (best && best.scored.effect.marginMinor.mean > 500 ? [best.scored] : []))
    .map(({ effect, offer }) => ({ ...effect.marginMinor, truth: judge.margin({ ...offer, holdoutBasisPoints }) }));
}

test('what a small shop is promised is what it truly earns, and its past teaches it', async () => {
  const database: TestDatabase = await startTestDatabase();
  try {
    const open = await openShopIn(database.db, SIZE, NOW, ({ kind }) => kind !== 'event');
    const trained = await learn(open);
    const serving = await readCallResponse(open.deps.sql, -2);
    expect([serving.sales, serving.isLearned]).toEqual([trained.sales, trained.isLearned]);
    expect(trained.saved.status === 'champion').toBe(trained.isLearned.calls || trained.isLearned.comeback);

    const lines = await judged(open);
    const inside = lines.filter(({ low, high, truth }) => truth >= low && truth <= high).length / lines.length;
    const ratio = lines.reduce((sum, { mean }) => sum + mean, 0) / lines.reduce((sum, { truth }) => sum + truth, 0);
    expect(lines.length).toBeGreaterThan(8);
    expect(inside).toBeGreaterThanOrEqual(0.65);
    expect(ratio).toBeGreaterThan(0.4);
    expect(ratio).toBeLessThan(1.6);

    const picture = await readShopPicture(open.deps);
    expect(picture.rhythm.missingPerDay).toBeCloseTo(await missingByHand(open), 6);

    await open.deps.sql.query("update models set status = 'refused' where kind = 'response'");
    expect(await readCallResponse(open.deps.sql, -2)).toEqual({
      ...usualResponse(-2),
      sales: trained.sales,
      isLearned: { calls: false, comeback: false },
    });
  } finally {
    await database.stop();
  }
}, 60_000);

async function missingByHand({ deps }: OpenShop): Promise<number> {
  const { rows } = await deps.sql.query<{ days: number[] }>(
    `select array_agg(distinct $1::date - placed_at::date) days from orders where status = 'placed' and user_id is not null group by user_id`,
    [NOW],
  );
  return rows.reduce(
    (sum, { days }) =>
      sum +
      missingRate(
        days.map((ago) => -ago).sort((a, b) => a - b),
        0,
      ),
    0,
  );
}
