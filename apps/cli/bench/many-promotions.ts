import { copyRows, type CopyValue } from '@promolift/db';
import { CampaignContent, type CampaignContentInput, canonicalHash, newId, type PromotionRule } from '@promolift/domain';
import type { OpenInstallation } from '../src/shared/open-installation.ts';

const DAY_MS = 86_400_000;
type Pool = OpenInstallation['database']['pool'];
type Shop = { skus: string[]; categories: string[]; currency: string };
const [PRODUCTS, CATEGORIES] = [5_000, 200];
type Written = { id: string; content: CampaignContent; hash: string };

/** A shop large enough for so many promotions: 5,000 products in 200 categories, beside the others until `endManyPromotions`. */
export async function writeManyProducts(pool: Pool, currency: string): Promise<Shop> {
  await pool.query(
    "insert into categories (id, key, name) select uuid_v7(), 'many-' || n, 'Many ' || n from generate_series(0, $1 - 1) n on conflict do nothing",
    [CATEGORIES],
  );
  await pool.query(
    `insert into products (id, sku, name, category_id, currency, price_minor, cost_minor)
     select uuid_v7(), 'MANY-' || n, 'Many ' || n, c.id, $1, 100 * (1 + n % 60), 10 from generate_series(0, $2 - 1) n join categories c on c.key = 'many-' || n % $3
     on conflict (sku) do update set is_active = true`,
    [currency, PRODUCTS, CATEGORIES],
  );
  await pool.query('analyze products');
  return {
    skus: Array.from({ length: PRODUCTS }, (_, n) => `MANY-${n}`),
    categories: Array.from({ length: CATEGORIES }, (_, n) => `many-${n}`),
    currency,
  };
}

/**
 * As many live campaigns of one promotion each, by COPY: of 20, 15 are about one product, 2 about a category, 2 need a code, 1 is for
 * a segment and any cart. Nobody is in the segments, as nobody is in most segments of a shop.
 */
export async function writeLivePromotions(pool: Pool, count: number, shop: Shop): Promise<void> {
  const campaigns = Array.from({ length: count }, (_, index) => campaignOf(index, shop));
  const client = await pool.connect();
  const copy = (table: string, columns: string[], rowOf: (one: Written) => CopyValue[]) =>
    copyRows(client, table, columns, campaigns.map(rowOf));
  try {
    const approver = newId();
    await client.query('begin');
    await client.query("insert into managers (id, email, name, password_hash, role) values ($1, $2, 'Bench', 'x', 'approver')", [
      approver,
      `${approver}@bench.example`,
    ]);
    await copy('campaigns', ['id', 'name', 'origin', 'starts_at', 'ends_at'], ({ id, content: { name, schedule } }) => [
      id,
      name,
      'ai',
      schedule.startsAt,
      schedule.endsAt,
    ]);
    await copy('campaign_versions', ['campaign_id', 'version', 'content', 'content_hash'], ({ id, content, hash }) => [
      id,
      1,
      content,
      hash,
    ]);
    await copy('approvals', ['id', 'campaign_id', 'version', 'content_hash', 'manager_id', 'decision'], ({ id, hash }) => [
      newId(),
      id,
      1,
      hash,
      approver,
      'approve',
    ]);
    const promotionOf = ({ content }: Written) => content.promotions.map(({ id, rule }) => ({ id, rule }))[0] ?? { id: '', rule: null };
    await copy('promotions', ['id', 'campaign_id', 'version', 'position', 'kind', 'rule'], (one) => {
      const { id, rule } = promotionOf(one);
      return [id, one.id, 1, 0, rule?.kind ?? '', rule];
    });
    await copy('campaign_counters', ['campaign_id', 'currency', 'budget_minor'], ({ id, content: { budget } }) => [
      id,
      budget.currency,
      budget.budgetMinor,
    ]);
    await client.query("update campaigns set status = 'live', live_version = 1 where id = any($1::uuid[])", [
      campaigns.map(({ id }) => id),
    ]);
    await client.query('commit');
    await client.query('analyze campaigns, campaign_versions, campaign_counters');
  } finally {
    client.release();
  }
}

/** So that the next measurement starts from the shop's own. */
export async function endManyPromotions(pool: Pool): Promise<void> {
  await pool.query("update campaigns set status = 'ended' where status = 'live' and name like 'Many %'");
  await pool.query("update products set is_active = false where sku like 'MANY-%'");
}

function campaignOf(index: number, { skus, categories, currency }: Shop): Written {
  const part = index % 20;
  const at = (items: readonly string[]) => items[(index * 7_919) % items.length] ?? '';
  const basisPoints = 100 * (1 + (index % 10));
  const rule: PromotionRule =
    part < 15
      ? { kind: 'percent_off', basisPoints, scope: { kind: 'skus', skus: [at(skus)] } }
      : part < 17
        ? { kind: 'percent_off', basisPoints, scope: { kind: 'categories', categoryKeys: [at(categories)] } }
        : part < 19
          ? {
              kind: 'coupon',
              code: `MANY${index}`,
              basisPoints,
              maximumAmounts: { [currency]: 2_000 },
              minimumSpend: null,
              scope: { kind: 'all' },
            }
          : { kind: 'percent_off', basisPoints, scope: { kind: 'all' } };
  const input: CampaignContentInput = {
    name: `Many ${index}`,
    promotions: [{ id: newId(), rule }],
    audience: { segmentKeys: part === 19 ? [`bench-${index % 50}`] : 'all' },
    schedule: {
      startsAt: new Date(Date.now() - DAY_MS).toISOString(),
      endsAt: new Date(Date.now() + 30 * DAY_MS).toISOString(),
      timeZone: 'UTC',
    },
    budget: { budgetMinor: 100_000_000, currency },
    priority: index % 10,
  };
  const content = CampaignContent.parse(input);
  return { id: newId(), content, hash: canonicalHash(content) };
}
