import { canonicalHash, newId, type ServedBy, userKey } from '@promolift/domain';
import { productFacts } from '../products/product-facts.ts';
import type { Deps } from '../shared/deps.ts';
import { recordDecisionSoon } from '../shared/record-decision.ts';
import { trackingToken } from '../shared/tracking-token.ts';
import { findShopper, type Shopper } from '../users/shopper.ts';
import { popularInSegments, popularProducts } from './popular-products.ts';
import { type Ranking, rankProducts, type RecommendedItem } from './rank-products.ts';
import { servingRecommender } from './serving-model.ts';
import { userHistory } from './user-history.ts';

export type RecommendRequest = {
  userExternalId?: string | null;
  anonymousId?: string | null;
  context?: { placement?: string | null; cartSkus?: readonly string[] | null; productSku?: string | null } | null;
  first?: number | null;
  filters?: { categoryKey?: string | null; excludeSkus?: readonly string[] | null; inStockOnly?: boolean | null } | null;
};
export type Recommendations = {
  items: RecommendedItem[];
  servedBy: ServedBy;
  fallbackReason: string | null;
  modelVersion: string | null;
  generatedAt: Date;
  trackingToken: string;
};

const DEFAULT_COUNT = 12;
const MOST_ITEMS = 50;
const DEADLINE_MS = 400;
/** Where there is no older answer to give, for example right after the start. */
const FIRST_DEADLINE_MS = 5_000;
const KEPT_ANSWERS = 5_000;

type Answer = Ranking & { modelVersion: string | null; shopper: Shopper | null };
const lastAnswers = new WeakMap<Deps['sql'], Map<string, Answer>>();

/**
 * Ranked products for a shopper, a cart or a product page. Never fails for lack of a model, a user or a quick database: the
 * answer says what served it and why. Products that are inactive or out of stock never appear (unless `inStockOnly` is false).
 */
export async function recommend(deps: Deps, request: RecommendRequest): Promise<Recommendations> {
  const count = Math.min(MOST_ITEMS, Math.max(1, Math.trunc(request.first ?? DEFAULT_COUNT)));
  const key = JSON.stringify([
    request.userExternalId ?? null,
    request.anonymousId ?? null,
    request.context?.productSku ?? null,
    request.context?.cartSkus ?? [],
    request.filters ?? {},
    count,
  ]);
  const answer = await inTime(answerOf(deps, request, count), knownAnswer(deps, key) ? DEADLINE_MS : FIRST_DEADLINE_MS, deps)
    .then((fresh) => remember(deps, key, fresh))
    .catch((fault: unknown) => cached(deps, key, request, count, fault));
  return record(deps, request, answer);
}

async function answerOf(deps: Deps, request: RecommendRequest, count: number): Promise<Answer> {
  const reference = { userExternalId: request.userExternalId ?? null, anonymousId: request.anonymousId ?? null };
  const [shopper, model, facts, popular] = await Promise.all([
    findShopper(deps, reference),
    servingRecommender(deps.sql),
    productFacts.get(deps.sql),
    popularProducts.get(deps.sql),
  ]);
  const mayPersonalise = shopper.hasConsent && shopper.key !== null;
  const history = mayPersonalise ? await userHistory(deps, shopper) : [];
  const inSegment = shopper.segmentKeys.length > 0 && history.length === 0 ? await popularInSegments.get(deps.sql) : null;
  const { categoryKey, excludeSkus, inStockOnly } = request.filters ?? {};
  const excluded = new Set(excludeSkus ?? []);
  const contextSkus = [...(request.context?.cartSkus ?? []), ...(request.context?.productSku ? [request.context.productSku] : [])];
  const ranking = rankProducts({
    model,
    history,
    popular,
    count,
    byId: facts.byId,
    contextIds: contextSkus.flatMap((sku) => facts.bySku.get(sku)?.id ?? []),
    popularInSegment: inSegment
      ? (shopper.segmentKeys.map((segment) => inSegment.get(segment)).find((list) => list !== undefined) ?? null)
      : null,
    isAllowed: (product) =>
      product.isActive &&
      (product.isInStock || inStockOnly === false) &&
      !excluded.has(product.sku) &&
      (!categoryKey || product.categoryKeys.includes(categoryKey)),
    whyNoHistory: whyNoHistory(shopper),
  });
  return { ...ranking, modelVersion: ranking.servedBy === 'MODEL' && model ? `${model.algorithm} v${model.version}` : null, shopper };
}

function whyNoHistory({ hasConsent, key, userId }: Shopper): string {
  if (!hasConsent) return 'the shopper has not consented to personalisation';
  if (key === null) return 'the request names no shopper';
  return userId === null ? 'the shopper is not known yet' : 'nothing is known of this shopper yet';
}

/** A slow database must not make a slow page. The query itself runs on and warms the caches. */
function inTime<Value>(work: Promise<Value>, deadlineMs: number, { log }: Deps): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${deadlineMs} ms`)), deadlineMs);
  });
  work.catch((fault: unknown) =>
    log.warn({ fault: fault instanceof Error ? fault.message : String(fault) }, 'recommendation could not be made'),
  );
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function remember({ sql }: Deps, key: string, answer: Answer): Answer {
  const answers = lastAnswers.get(sql) ?? new Map<string, Answer>();
  lastAnswers.set(sql, answers);
  answers.delete(key);
  answers.set(key, answer);
  // Kept for everybody who has no answer of their own; nothing personal may be in it.
  if (answer.servedBy === 'POPULAR') answers.set('', answer);
  if (answers.size > KEPT_ANSWERS) answers.delete(answers.keys().next().value ?? '');
  return answer;
}

const knownAnswer = ({ sql }: Deps, key: string): Answer | undefined => lastAnswers.get(sql)?.get(key) ?? lastAnswers.get(sql)?.get('');

/** The shopper's own last answer, else the last popular one; that one knows nothing of a category, so a category page gets none. */
function cached(deps: Deps, key: string, request: RecommendRequest, count: number, fault: unknown): Answer {
  const own = lastAnswers.get(deps.sql)?.get(key);
  const known = own ?? (request.filters?.categoryKey ? undefined : knownAnswer(deps, key));
  const why = fault instanceof Error ? fault.message : String(fault);
  const inRequest = new Set(request.filters?.excludeSkus ?? []);
  return {
    items: (known?.items ?? []).filter(({ sku }) => !inRequest.has(sku)).slice(0, count),
    servedBy: 'CACHE',
    fallbackReason: `the shop's data could not be read (${why})`,
    modelVersion: known?.modelVersion ?? null,
    shopper: known?.shopper ?? null,
  };
}

function record(deps: Deps, request: RecommendRequest, { shopper, ...answer }: Answer): Recommendations {
  const decisionId = newId();
  const generatedAt = deps.clock.now();
  const policy = `recommend:${answer.servedBy.toLowerCase()}`;
  const key = shopper?.key ?? userKey({ userId: null, anonymousId: request.userExternalId ?? request.anonymousId ?? null }) ?? 'nobody';
  const input = { context: request.context ?? {}, filters: request.filters ?? {}, first: request.first ?? DEFAULT_COUNT };
  recordDecisionSoon(deps, {
    id: decisionId,
    decidedAt: generatedAt,
    kind: 'recommendations',
    userId: shopper?.userId ?? null,
    anonymousId: shopper?.anonymousId ?? null,
    userKey: key,
    input,
    inputHash: canonicalHash(input),
    rulesetHash: '',
    policy,
    probability: 1,
    offers: answer.items.map(({ productId, score, rank }) => ({ productId, score, rank })),
    result: { servedBy: answer.servedBy, fallbackReason: answer.fallbackReason },
    modelVersions: answer.modelVersion ? { recommendation: answer.modelVersion } : {},
  });
  return { ...answer, generatedAt, trackingToken: trackingToken(deps.secrets, { decisionId, policy, decidedAt: generatedAt }) };
}
