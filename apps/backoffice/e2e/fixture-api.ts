import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { campaigns, managers } from './fixtures/campaigns.ts';
import { CSV, codeLife } from './fixtures/codes.ts';
import { apiKeys, auditEntries, conditionKinds, imports, jobs, promotionKinds, settings, sharedBudgets } from './fixtures/house.ts';
import { describeCampaign, previewCart, rehearseCampaign } from './fixtures/rehearsal.ts';
import { at, day, estimate, page, sum, words } from './fixtures/shared.ts';
import { categories, decisions, forecasts, models, products, segments, trainingData, users } from './fixtures/shop.ts';

// One physical copy of graphql: the package's two module formats refuse each other's schemas.
const { buildSchema, graphql, GraphQLError, isObjectType } = createRequire(import.meta.url)('graphql') as typeof import('graphql');

export const PASSWORD = 'correct horse battery';
const TOKEN = 'fixture-token';
const schema = buildSchema(readFileSync(new URL('../../../packages/api-schema/schema.graphql', import.meta.url), 'utf8'));
// Fields are plain values; those with arguments ignore them.
for (const type of Object.values(schema.getTypeMap())) {
  if (!isObjectType(type)) continue;
  for (const field of Object.values(type.getFields()))
    if (type !== schema.getQueryType() && type !== schema.getMutationType()) field.resolve = (source) => source[field.name];
}
const operations = [...Object.keys(schema.getQueryType()?.getFields() ?? {}), ...Object.keys(schema.getMutationType()?.getFields() ?? {})];

const Body = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).optional() });
const byId =
  <Row extends { id: string }>(rows: readonly Row[]) =>
  ({ id }: { id: string }) =>
    rows.find((row) => row.id === id) ?? null;
const campaign = byId(campaigns);
const ok = { userErrors: [] as unknown[] };
/** The decisions asked for, in order, so that a test can look at them. */
export const calls: string[] = [];

function step(name: string, status: string) {
  return ({ input }: { input: { id: string } }) => {
    calls.push(`${name} ${input.id}`);
    const found = campaign(input);
    if (!found)
      return {
        campaign: null,
        userErrors: [{ __typename: 'SimpleUserError', message: 'There is no such campaign.', field: ['id'], code: 'NOT_FOUND' }],
      };
    if (found.status === status)
      return {
        campaign: found,
        userErrors: [
          { __typename: 'SimpleUserError', message: 'Somebody else has already decided.', field: null, code: 'ALREADY_DECIDED' },
        ],
      };
    found.status = status;
    found.allowedActions = [];
    return { campaign: found, ...ok };
  };
}

const root = {
  me: (_: unknown, { token }: { token: string }) => (token === TOKEN ? { manager: managers[1], allowedOperations: operations } : null),
  signIn: ({ password }: { password: string }) =>
    password === PASSWORD
      ? { token: TOKEN, expiresAt: '2099-01-01T00:00:00Z', manager: managers[0], ...ok }
      : {
          userErrors: [{ __typename: 'SimpleUserError', message: 'E-mail or password is wrong.', field: null, code: 'WRONG_CREDENTIALS' }],
        },
  signOut: () => ({ ok: true, ...ok }),
  changePassword: () => ({ ok: true, ...ok }),
  settings: () => settings,
  inbox: () => ({
    proposals: campaigns.filter(({ status }) => status === 'in_review' || status === 'changes_requested'),
    trackRecord: { campaignCount: 8, promised: sum(3_100_000), measured: sum(2_700_000) },
    lastRun: {
      at: at(-0.4),
      ideaCount: 23,
      proposedCount: 3,
      sentence: words('Nothing else is worth doing this week.', '本周没有其他值得做的促销。'),
      dropped: [
        {
          label: 'percent off, kitchen',
          reason: words('Would lose margin: expected −£120 (80%: −£400 … £90)', '会亏损：预计 −£120（80%：−£400 … £90）'),
          count: 9,
        },
        { label: 'ceramic mug', reason: words('Its cost is unknown, so it may not be discounted', '成本未知，不可打折'), count: 5 },
      ],
    },
  }),
  overview: () => ({
    orderCount: 18_412,
    revenue28Days: sum(8_412_300),
    userCount: 2_000,
    productCount: 500,
    liveCampaignCount: 1,
    eventCount: 241_882,
  }),
  campaign,
  campaigns: () => page(campaigns),
  promotionKinds: () => promotionKinds,
  conditionKinds: () => conditionKinds,
  sharedBudgets: () => sharedBudgets,
  describeCampaign,
  rehearseCampaign,
  previewCart,
  updateSettings: ({ input }: { input: unknown }) => {
    calls.push(`settings ${JSON.stringify(input)}`);
    return { settings, ...ok };
  },
  products: ({ filter }: { filter?: { search?: string } }) =>
    page(products.filter(({ name }) => name.toLowerCase().includes((filter?.search ?? '').toLowerCase()))),
  product: byId(products),
  categories: () => categories,
  users: () => page(users),
  user: ({ externalId }: { externalId: string }) => users.find((user) => user.externalId === externalId) ?? null,
  exportUser: ({ externalId }: { externalId: string }) => ({ externalId, orders: [] }),
  explainDecision: byId(decisions),
  segments: () => segments,
  segment: ({ key }: { key: string }) => segments.find((segment) => segment.key === key) ?? null,
  forecasts: () => forecasts,
  models: () => models,
  trainingData: () => trainingData,
  jobs: () => jobs,
  job: byId(jobs),
  imports: () => imports,
  auditEntries: () => ({ ...page(auditEntries), isChainValid: true }),
  managers: () => managers,
  apiKeys: () => apiKeys,
  simulateProposal: ({ input }: { input: { depthBasisPoints?: number; days?: number } }) => {
    const depth = input.depthBasisPoints ?? 1_500;
    return {
      incrementalMargin: estimate(420_000 - ((depth - 1_500) / 1_000) ** 2 * 90_000, 290_000),
      incrementalUnits: { mean: 600, lower80: 200, upper80: 990 },
      discountCost: estimate(depth * 90, depth * 20),
      reach: 371,
      guardrails: [
        {
          key: 'depth',
          label: words('Depth of the discount', '折扣深度'),
          value: `${depth / 100}%`,
          limit: '≤ 40%',
          passed: depth <= 4_000,
        },
      ],
      ...ok,
    };
  },
  approveCampaign: step('approve', 'approved'),
  rejectCampaign: step('reject', 'rejected'),
  requestChanges: step('requestChanges', 'changes_requested'),
  requestReview: step('requestReview', 'in_review'),
  pauseCampaign: step('pause', 'paused'),
  resumeCampaign: step('resume', 'live'),
  scheduleCampaign: step('schedule', 'scheduled'),
  createCampaign: ({ input }: { input: unknown }) => {
    calls.push(`create ${JSON.stringify(input)}`);
    return { campaign: campaigns[3], ...ok };
  },
  reviseCampaign: ({ input }: { input: unknown }) => {
    calls.push(`revise ${JSON.stringify(input)}`);
    return { campaign: campaigns[3], ...ok };
  },
  killAllCampaigns: () => {
    settings.isEverythingKilled = true;
    return { settings, ...ok };
  },
  releaseKillSwitch: () => {
    settings.isEverythingKilled = false;
    return { settings, ...ok };
  },
  proposeCampaigns: () => ({ job: jobs[0], ...ok }),
  trainModels: () => ({ job: jobs[0], ...ok }),
  measureCampaign: () => ({ job: jobs[0], ...ok }),
  importData: () => ({ import: imports[0], job: jobs[0], ...ok }),
  code: ({ text }: { text: string }) => codeLife(text),
  exportCodes: ({ batchId }: { batchId: string }) => ({ path: `/code-batches/${batchId}/codes.csv`, total: 3_000 }),
  createCodeBatch: ({ input }: { input: unknown }) => {
    calls.push(`codes ${JSON.stringify(input)}`);
    return { batch: campaign({ id: 'campaign-live' })?.codeBatches[0], ...ok };
  },
  revokeCodes: ({ input }: { input: unknown }) => {
    calls.push(`revoke ${JSON.stringify(input)}`);
    return { batch: campaign({ id: 'campaign-live' })?.codeBatches[0], ...ok };
  },
  createApiKey: () => ({ apiKey: apiKeys[0], token: 'sk_live_shown_once_1234567890', ...ok }),
  revokeApiKey: () => ({ ok: true, ...ok }),
};

/** Answers the contract's operations from plain objects; for development and the screen tests only. */
export function startFixtureApi(port: number) {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    response.setHeader('content-type', 'application/json');
    if (request.url?.startsWith('/uploads')) return response.end(JSON.stringify({ uploadId: `upload-${day(0)}` }));
    if (request.url?.startsWith('/code-batches'))
      return response.writeHead(200, { 'content-type': 'text/csv', 'content-length': Buffer.byteLength(CSV) }).end(CSV);
    const body = Body.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    const token = request.headers.authorization?.replace('Bearer ', '');
    const isOpen = token === TOKEN || /signIn|\bme\b/.test(body.query);
    const answer = isOpen
      ? await graphql({
          schema,
          source: body.query,
          rootValue: root,
          contextValue: { token },
          variableValues: body.variables,
          typeResolver: (value) => value.__typename,
        })
      : { errors: [new GraphQLError('Sign in first.', { extensions: { code: 'UNAUTHENTICATED' } })] };
    response.end(JSON.stringify(answer));
  });
  server.listen(port);
  return server;
}

if (process.argv[1] === import.meta.filename) startFixtureApi(Number(process.env.FIXTURE_PORT ?? 4900));
