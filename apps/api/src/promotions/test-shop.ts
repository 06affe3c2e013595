import { newId } from '@promolift/domain';
import type { TestApi } from '../shared/test-api.ts';

export type UserErrors = { userErrors: { code: string; field: string[] | null; message: string }[] };
export type CampaignAnswer = UserErrors & {
  campaign: {
    id: string;
    version: number;
    status: string;
    contentHash: string;
    promotions: { id: string }[];
    allowedActions: string[];
  } | null;
};

const CAMPAIGN = 'campaign { id version status contentHash promotions { id } allowedActions } userErrors { code field message }';

/** A small shop: categories, products A (10.00, cost 4.00), B (25.00, cost 10.00) and C without a cost, users u-1 to u-60. */
export async function fillShop(api: TestApi): Promise<void> {
  const { pool } = api.installation.database;
  await pool.query(
    `insert into settings (key, value) values ('shop', '{"currency":"EUR","holdoutBasisPoints":0}') on conflict (key) do update set value = excluded.value`,
  );
  const category = newId();
  await pool.query("insert into categories (id, key, name) values ($1, 'snacks', 'Snacks')", [category]);
  await pool.query(
    `insert into products (id, sku, name, category_id, currency, price_minor, cost_minor, stock) values
       ($1, 'A', 'Almond bar', $4, 'EUR', 1000, 400, 10000), ($2, 'B', 'Big box', $4, 'EUR', 2500, 1000, 10000), ($3, 'C', 'Costless', null, 'EUR', 900, null, 10000)`,
    [newId(), newId(), newId(), category],
  );
  await pool.query(
    "insert into users (id, external_id, pseudonym, has_consent) select uuid_v7(now()), 'u-' || n, 'p-' || n, true from generate_series(1, 60) n",
  );
}

export const percentOff = (basisPoints: number) => ({ kind: 'percent_off', rule: { basisPoints, scope: { kind: 'all' } } });
export const couponOf = (code: string, basisPoints: number) => ({
  kind: 'coupon',
  rule: { code, basisPoints, maximumAmounts: { EUR: 100_000 }, scope: { kind: 'all' } },
});

type Content = {
  promotions: object[];
  budgetMinor?: number;
  maxRedemptions?: number;
  holdoutBasisPoints?: number;
  segmentKeys?: string[];
  group?: string;
  limits?: object[];
  sharedBudgetKey?: string;
  onBudgetShort?: string;
};

export const contentOf = (content: Content) => ({
  name: 'Test campaign',
  startsAt: new Date(Date.now() - 3_600_000).toISOString(),
  endsAt: new Date(Date.now() + 7 * 86_400_000).toISOString(),
  timeZone: 'UTC',
  budgetMinor: 100_000,
  holdoutBasisPoints: 0,
  ...content,
});

export async function createDraft(api: TestApi, content: Content, token?: string): Promise<NonNullable<CampaignAnswer['campaign']>> {
  const { data, errors } = await api.ask<{ createCampaign: CampaignAnswer }>(
    `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { ${CAMPAIGN} } }`,
    {
      token: token ?? (await api.tokenOf('analyst')),
      variables: { input: { idempotencyKey: newId(), content: contentOf(content) } },
    },
  );
  const campaign = data?.createCampaign.campaign;
  if (!campaign) throw new Error(JSON.stringify([errors, data]));
  return campaign;
}

/** One of the mutations that take `{ id, expectedVersion }` and more. */
export async function act(
  api: TestApi,
  name: string,
  input: { id: string; expectedVersion: number } & Record<string, unknown>,
  token: string,
): Promise<CampaignAnswer> {
  const type =
    { approveCampaign: 'ApproveCampaignInput', rejectCampaign: 'RejectCampaignInput', requestChanges: 'RequestChangesInput' }[name] ??
    'CampaignActionInput';
  const { data, errors } = await api.ask<Record<string, CampaignAnswer>>(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${CAMPAIGN} } }`,
    { token, variables: { input } },
  );
  const answer = data?.[name];
  if (!answer) throw new Error(JSON.stringify(errors));
  return answer;
}

/** Written by an analyst, signed by an approver, live at once. */
export async function goLive(api: TestApi, content: Content): Promise<NonNullable<CampaignAnswer['campaign']>> {
  const draft = await createDraft(api, content);
  await act(api, 'requestReview', { id: draft.id, expectedVersion: 1 }, await api.tokenOf('analyst'));
  const { campaign, userErrors } = await act(
    api,
    'approveCampaign',
    { id: draft.id, expectedVersion: 1, contentHash: draft.contentHash },
    await api.tokenOf('approver'),
  );
  if (campaign?.status !== 'live') throw new Error(JSON.stringify(userErrors));
  return campaign;
}

/** Ends every campaign, so that the next test starts with none. */
export async function endAll(api: TestApi): Promise<void> {
  const token = await api.tokenOf('approver');
  const { data } = await api.ask<{ campaigns: { nodes: { id: string }[] } }>(
    '{ campaigns(first: 100, filter: { statuses: [live, paused] }) { nodes { id } } }',
    { token },
  );
  for (const { id } of data.campaigns.nodes)
    await api.ask('mutation ($id: ID!) { killCampaign(id: $id) { campaign { id } } }', { token, variables: { id } });
}

export type Evaluation = {
  decisionId: string;
  isHeldOut: boolean | null;
  total: { amountMinor: number };
  discount: { amountMinor: number };
  subtotal: { amountMinor: number };
  lines: {
    lineId: string;
    isGift: boolean;
    quantity: number;
    final: { amountMinor: number };
    product: { sku: string };
    discounts: { amount: { amountMinor: number } }[];
  }[];
  applied: { campaignId: string; code: string | null; amount: { amountMinor: number } }[];
  rejected: { campaignId: string; reason: string }[];
  nearMisses: { progress: number; missing: { amountMinor: number } | null }[];
};

const EVALUATION = `decisionId isHeldOut total { amountMinor } discount { amountMinor } subtotal { amountMinor } applied { campaignId code amount { amountMinor } } rejected { campaignId reason }
  lines { lineId isGift quantity final { amountMinor } product { sku } discounts { amount { amountMinor } } } nearMisses { progress missing { amountMinor } }`;

export async function evaluate(api: TestApi, cart: object, token?: string): Promise<{ evaluation: Evaluation | null } & UserErrors> {
  const { data, errors } = await api.ask<{ evaluateCart: { evaluation: Evaluation | null } & UserErrors }>(
    `query ($cart: CartInput!) { evaluateCart(cart: $cart) { evaluation { ${EVALUATION} } userErrors { code field message } } }`,
    {
      token: token ?? (await api.keyOf('publishable')),
      variables: { cart: { currency: 'EUR', ...cart } },
    },
  );
  if (!data) throw new Error(JSON.stringify(errors));
  return data.evaluateCart;
}

export type PlaceAnswer = UserErrors & {
  order: {
    id: string;
    externalId: string;
    status: string;
    total: { amountMinor: number };
    discount: { amountMinor: number };
    lines: { lineNumber: number; quantity: number; returnedQuantity: number }[];
  } | null;
  redemptions: { id: string; status: string; amount: { amountMinor: number } }[];
};

export const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) {
  order { id externalId status total { amountMinor } discount { amountMinor } lines { lineNumber quantity returnedQuantity } } redemptions { id status amount { amountMinor } } userErrors { code field message } } }`;

export async function place(api: TestApi, input: Record<string, unknown> & { externalId: string }): Promise<PlaceAnswer> {
  const { data, errors } = await api.ask<{ placeOrder: PlaceAnswer }>(PLACE, {
    token: await api.keyOf('secret'),
    variables: { input: { idempotencyKey: input.externalId, currency: 'EUR', ...input } },
  });
  if (!data) throw new Error(JSON.stringify(errors));
  return data.placeOrder;
}
