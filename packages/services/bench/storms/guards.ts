import type { SourcePatch } from './storm-shop.ts';

/** One guard, what takes it out (its mark in the database unless `patch` says otherwise), and the storms that must notice. */
export type Guard = { name: string; watchedBy: readonly string[]; patch?: SourcePatch };

const REFUSALS = ['every refusal, one after the other'];
const FIRST_ORDERS = ['first orders of 20 users, five each at once'];
const CONSTRAINTS = ['statements that ask no guard'];
const SAME_KEY = ['one key 50 times, and with another body'];
const ACCOUNT_REFUSALS = ['every refusal of an account, one after the other'];
const ACCOUNT_LOCKS = ['an account changed again before the first change ends'];
const IDEMPOTENCY = 'packages/db/src/shared/idempotency.ts';

export const GUARDS: readonly Guard[] = [
  { name: 'lock: campaign counter', watchedBy: ['10 uses, 200 orders', 'budget 100.00, 300 random amounts'] },
  { name: 'lock: shared budget', watchedBy: ['one budget, 10 campaigns, one an order'] },
  { name: 'lock: shared budgets of an order', watchedBy: ['one budget, 10 campaigns, two an order'] },
  { name: 'lock: campaigns of an order', watchedBy: ['budgets of their own, two campaigns an order'] },
  { name: 'guard: redemption limit', watchedBy: ['10 uses, 200 orders', 'lowering limit and budget under fire'] },
  { name: 'guard: budget', watchedBy: ['budget 100.00, 300 random amounts'] },
  { name: 'guard: shared budget', watchedBy: ['one budget, 10 campaigns, two an order'] },
  { name: 'guard: limits', watchedBy: ['limits per user and day, and 20 units'] },
  { name: 'guard: code limit', watchedBy: ['a code of 3 uses, 60 at once'] },
  { name: 'guard: code valid', watchedBy: REFUSALS },
  { name: 'guard: killed', watchedBy: ['kill switch of a campaign under fire'] },
  { name: 'guard: kill switch', watchedBy: ['kill switch of the shop under fire'] },
  { name: 'guard: live version', watchedBy: REFUSALS },
  { name: 'guard: window', watchedBy: REFUSALS },
  { name: 'guard: orders seen', watchedBy: FIRST_ORDERS },
  { name: 'guard: orders of one user in turn', watchedBy: FIRST_ORDERS },
  { name: 'guard: orders seen at commit', watchedBy: REFUSALS },
  { name: 'guard: repeat', watchedBy: SAME_KEY },
  { name: 'guard: committed once', watchedBy: REFUSALS },
  { name: 'guard: commit of a released one', watchedBy: REFUSALS },
  { name: 'guard: expiry', watchedBy: REFUSALS },
  { name: 'guard: budget at commit', watchedBy: REFUSALS },
  { name: 'guard: shared budget at commit', watchedBy: REFUSALS },
  { name: 'guard: limits at commit', watchedBy: REFUSALS },
  { name: 'guard: release of a committed one', watchedBy: REFUSALS },
  { name: 'guard: released once', watchedBy: REFUSALS },
  { name: 'guard: refunded once', watchedBy: REFUSALS },
  { name: 'guard: refund of a reserved one', watchedBy: REFUSALS },
  { name: 'guard: refund', watchedBy: REFUSALS },
  ...[
    'check: budget',
    'check: redemption limit',
    'check: shared budget',
    'check: limit uses',
    'check: limit money',
    'check: limit units',
    'check: code limit',
    'check: refund',
    'unique: redemption key',
  ].map((name) => ({ name, watchedBy: CONSTRAINTS })),
  { name: 'lock: account', watchedBy: ['an account of 1,000, 100 spends of 30', 'one key of an account 40 times'] },
  { name: 'lock: account of lost points', watchedBy: ACCOUNT_LOCKS },
  { name: 'lock: account of released points', watchedBy: ACCOUNT_LOCKS },
  { name: 'lock: account that expires', watchedBy: ACCOUNT_LOCKS },
  { name: 'lock: accounts of an order', watchedBy: ACCOUNT_LOCKS },
  { name: 'guard: account entry repeat', watchedBy: ['one key of an account 40 times'] },
  { name: 'guard: account expiry', watchedBy: ACCOUNT_REFUSALS },
  { name: 'guard: account balance', watchedBy: ['an account of 1,000, 100 spends of 30'] },
  { name: 'guard: rewards of a referrer', watchedBy: ['a referrer who may be rewarded for 3 of 40 friends'] },
  { name: 'guard: points lost once', watchedBy: ACCOUNT_REFUSALS },
  { name: 'guard: spent points stay spent', watchedBy: ACCOUNT_REFUSALS },
  { name: 'guard: points released once', watchedBy: ACCOUNT_REFUSALS },
  { name: 'guard: expiry is due', watchedBy: ACCOUNT_REFUSALS },
  ...['check: account balance', 'check: account promises', 'check: account kind', 'unique: account entry key'].map((name) => ({
    name,
    watchedBy: ['statements on accounts that ask no guard'],
  })),
  {
    name: 'source: an account rewards a friend once',
    watchedBy: ['20 first orders of one friend'],
    patch: { file: 'packages/services/src/promotions/accounts/pay-order.ts', from: 'if (posted.value.isRepeat)', to: 'if (false)' },
  },
  {
    name: 'source: idempotency body hash',
    watchedBy: SAME_KEY,
    patch: { file: IDEMPOTENCY, from: "if (kept.bodyHash !== key.bodyHash) return { state: 'mismatch' };", to: '' },
  },
  {
    name: 'source: idempotency claim',
    watchedBy: SAME_KEY,
    patch: { file: IDEMPOTENCY, from: "if (claimed.length > 0) return { state: 'claimed' };", to: "return { state: 'claimed' };" },
  },
  {
    name: 'source: limit lowered no further than used',
    watchedBy: ['lowering limit and budget under fire'],
    patch: {
      file: 'packages/db/src/campaigns/budgets.ts',
      from: 'and reserved_minor + spent_minor <= $2::bigint and reserved_uses + used <= coalesce($3::int, 2147483647)',
      to: '',
    },
  },
  {
    name: 'source: kill waits for redemptions before it',
    watchedBy: ['a kill waits for what began before it'],
    patch: {
      file: 'packages/services/src/campaigns/run-campaign.ts',
      from: 'if (outcome.ok) await waitForRedemptions(deps, request.id);',
      to: '',
    },
  },
  {
    name: 'source: an order is undone once',
    watchedBy: ['redeem against roll-back'],
    patch: {
      file: 'packages/services/src/activity/order-discounts.ts',
      from: "where external_id = $1 for update'",
      to: "where external_id = $1'",
    },
  },
];
