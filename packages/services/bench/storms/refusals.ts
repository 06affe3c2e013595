import { newId } from '@promolift/domain';
import { DatabaseError } from 'pg';
import { saveSharedBudget } from '@promolift/db';
import { goLive } from '../../src/promotions/test-campaign.ts';
import type { Call } from './storm-process.ts';
import type { Storm } from './storm-shop.ts';

const LATER = '2026-03-10T12:30:00Z';

/** One call after the other: what each counter function refuses, and what it does once only. */
export const refusals: Storm = {
  name: 'every refusal, one after the other',
  run: async (shop) => {
    const { pool } = shop.shop;
    const key = `s-${newId()}`;
    await saveSharedBudget(pool, { key, name: 'Shared', currency: 'EUR', budgetMinor: 900 });
    const id = await goLive(shop.shop, {
      rules: [
        { kind: 'coupon', code: newId(), basisPoints: 1_000, maximumAmounts: { EUR: 1_000 }, minimumSpend: null, scope: { kind: 'all' } },
      ],
      budgetMinor: 1_000,
      sharedBudgetKey: key,
    });
    const own = await goLive(shop.shop, { rules: [{ kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'all' } }], budgetMinor: 500 });
    await pool.query("update campaigns set starts_at = '2026-03-10T00:00:00Z', ends_at = '2026-03-11T00:00:00Z' where id = $1", [id]);
    const codeId = (await pool.query<{ id: string }>('select id from codes where campaign_id = $1', [id])).rows[0]?.id ?? '';
    const wrong: string[] = [];
    const expect = async (label: string, call: Call, kind: string): Promise<string> => {
      const told = await shop.ask(0, call);
      if (told.kind !== kind) wrong.push(`${label}: ${told.kind}, not ${kind}`);
      return told.ids[0] ?? newId();
    };
    const use = (campaignId: string, more: object = {}): Call => ({
      do: 'use',
      use: { key: newId(), campaignIds: [campaignId], amountMinor: 100, ...more },
    });

    await expect('another version', use(id, { version: 2 }), 'NOT_LIVE');
    await expect('before the start', use(id, { at: '2026-03-09T23:59:59Z' }), 'NOT_LIVE');
    await expect('at the end', use(id, { at: '2026-03-11T00:00:00Z' }), 'NOT_LIVE');
    const limits = [{ key: 'k', refusal: 'LIMIT_REACHED' as const, maxUses: null, maxMinor: 300, maxUnits: null }];
    const limited = await expect('a limited one', use(own, { expiresAt: LATER, limits }), 'ok');
    await expect('commit above a limit', { do: 'commit', redemptionId: limited, amountMinor: 301 }, 'LIMIT_REACHED');
    const held = await expect('a reservation', use(id, { expiresAt: LATER }), 'ok');
    const other = await expect('a second one', use(id, { expiresAt: LATER }), 'ok');
    const ownHeld = await expect('one without a shared budget', use(own, { expiresAt: LATER }), 'ok');
    await expect('commit above the budget', { do: 'commit', redemptionId: ownHeld, amountMinor: 501 }, 'BUDGET_EXHAUSTED');
    await expect('commit above the shared budget', { do: 'commit', redemptionId: held, amountMinor: 801 }, 'BUDGET_EXHAUSTED');
    await expect('commit after its time', { do: 'commit', redemptionId: held, at: LATER }, 'EXPIRED');
    await expect('refund of a reserved one', { do: 'refund', redemptionId: held, refundId: newId(), amountMinor: 1 }, 'NOT_COMMITTED');
    await expect('commit', { do: 'commit', redemptionId: held }, 'ok');
    await expect('commit again', { do: 'commit', redemptionId: held }, 'ok');
    await expect('release of a committed one', { do: 'release', redemptionId: held }, 'ALREADY_COMMITTED');
    const refundId = newId();
    await expect('refund', { do: 'refund', redemptionId: held, refundId, amountMinor: 40 }, 'ok');
    await expect('refund again', { do: 'refund', redemptionId: held, refundId, amountMinor: 40 }, 'ok');
    await expect('refund above', { do: 'refund', redemptionId: held, refundId: newId(), amountMinor: 61 }, 'REFUND_ABOVE_AMOUNT');
    await expect('release', { do: 'release', redemptionId: other }, 'ok');
    await expect('release again', { do: 'release', redemptionId: other }, 'ALREADY_RELEASED');
    await expect('commit of a released one', { do: 'commit', redemptionId: other }, 'ALREADY_RELEASED');
    // A user of this run alone: earlier ones have ordered.
    const { rows } = await pool.query<{ id: string }>(
      'insert into users (id, external_id, pseudonym, has_consent) select i, i, i, true from (select uuid_v7() i) n returning id',
    );
    const userId = rows[0]?.id ?? '';
    const asFirst = { userId, ordersSeen: 0, expiresAt: LATER };
    const [one, two] = [
      await expect('of a first order', use(own, asFirst), 'ok'),
      await expect('of a first order, in another cart', use(own, asFirst), 'ok'),
    ];
    const orderExternalId = newId();
    await expect('the first order', { do: 'commit', redemptionId: one, orderExternalId }, 'ok');
    await expect('a second first order', { do: 'commit', redemptionId: two, orderExternalId: newId() }, 'CONDITION_NOT_MET');
    await expect('another promotion of the first order', { do: 'commit', redemptionId: two, orderExternalId }, 'ok');
    await pool.query('update codes set revoked_at = now() where id = $1', [codeId]);
    await expect('a revoked code', use(id, { codeId }), 'CODE_NOT_VALID');
    return wrong;
  },
};

/** What must be impossible even for a statement that asks no guard. */
const FORBIDDEN: readonly (readonly [string, string])[] = [
  ['spend above the budget', 'update campaign_counters set spent_minor = budget_minor + 1 where campaign_id = $1'],
  ['use above the limit', 'update campaign_counters set used = redemption_limit + 1 where campaign_id = $1'],
  [
    'spend above the shared budget',
    'update shared_budgets b set spent_minor = b.budget_minor + 1 from campaign_counters c where c.shared_budget_id = b.id and c.campaign_id = $1',
  ],
  ['count a use above its limit', 'update limit_counters set uses = max_uses + 1 where campaign_id = $1'],
  ['count money above its limit', 'update limit_counters set minor = max_minor + 1 where campaign_id = $1'],
  ['count units above their limit', 'update limit_counters set units = max_units + 1 where campaign_id = $1'],
  ['use a code above its limit', 'update codes set used = use_limit + 1 where campaign_id = $1'],
  ['refund above what was spent', 'update redemptions set refunded_minor = amount_minor + 1 where campaign_id = $1'],
  [
    'use a key twice',
    `insert into redemptions (id, campaign_id, campaign_version, user_key, status, amount_minor, currency, reserved_at, expires_at, idempotency_key)
     select gen_random_uuid(), campaign_id, 1, user_key, status, amount_minor, currency, reserved_at, expires_at, idempotency_key from redemptions where campaign_id = $1`,
  ],
  ['rewrite the ledger', 'update ledger_entries set amount_minor = 0 where campaign_id = $1'],
];

export const constraints: Storm = {
  name: 'statements that ask no guard',
  run: async (shop) => {
    const key = `s-${newId()}`;
    await saveSharedBudget(shop.shop.pool, { key, name: 'Shared', currency: 'EUR', budgetMinor: 900 });
    const rules = [
      {
        kind: 'coupon' as const,
        code: newId(),
        basisPoints: 1_000,
        maximumAmounts: { EUR: 1_000 },
        minimumSpend: null,
        scope: { kind: 'all' as const },
      },
    ];
    const id = await goLive(shop.shop, { rules, codeLimit: 2, maxRedemptions: 5, sharedBudgetKey: key });
    const limits = [{ key: 'k', refusal: 'LIMIT_REACHED' as const, maxUses: 5, maxMinor: 500, maxUnits: 5 }];
    const told = await shop.ask(0, { do: 'use', use: { key: newId(), campaignIds: [id], amountMinor: 100, units: 1, limits } });
    const wrong = told.kind === 'ok' ? [] : [`the use was ${told.kind}`];
    const client = await shop.shop.pool.connect();
    for (const [label, text] of FORBIDDEN) {
      await client.query('begin');
      const done = await client.query(text, [id]).catch((error: unknown) => {
        if (error instanceof DatabaseError && error.code?.startsWith('23')) return null;
        throw error;
      });
      await client.query('rollback');
      if (done) wrong.push(`possible: ${label} (${done.rowCount} rows)`);
    }
    client.release();
    return wrong;
  },
};
