import { recommendationReason, type RecommendationReasonCode, type ServedBy } from '@promolift/domain';
import { topItems } from '@promolift/ml';
import type { ProductFacts } from '../products/product-facts.ts';
import type { PopularProduct } from './popular-products.ts';
import type { LoadedRecommender } from './recommender-artefact.ts';
import type { PastProduct } from './user-history.ts';

export type Reason = {
  code: RecommendationReasonCode;
  productId: string | null;
  contribution: number | null;
  text: { en: string; zh: string };
};
export type RecommendedItem = { rank: number; score: number; productId: string; sku: string; reasons: Reason[] };
export type Ranking = { items: RecommendedItem[]; servedBy: ServedBy; fallbackReason: string | null };

export type RankRequest = {
  model: LoadedRecommender | null;
  /** Empty for nobody, for a new shopper and without consent. */
  history: PastProduct[];
  /** Products in the cart or on the page. */
  contextIds: string[];
  popular: PopularProduct[];
  popularInSegment: PopularProduct[] | null;
  count: number;
  byId: ReadonlyMap<string, ProductFacts>;
  isAllowed: (product: ProductFacts) => boolean;
  /** Why there is no history: for the answer when the model cannot be used. */
  whyNoHistory: string;
};

const PERSONAL_SHARE = 0.3; // Beside a cart or product the shopper's taste only breaks near-ties.
const MOST_REASONS = 2;

/** The model's list, filled up with what sells; without a model or anything to go by, what sells in the shopper's segment or in the shop. */
export function rankProducts(request: RankRequest): Ranking {
  const { model, history, contextIds } = request;
  const canPersonalise = model !== null && model.algorithm !== 'popularity' && history.length > 0;
  const canRelate = model !== null && contextIds.some((id) => model.indexOf.has(id));
  if (model && (canPersonalise || canRelate)) {
    const items = byModel(request, model, canPersonalise, canRelate);
    if (items.length > 0) return { items: fillUp(request, items), servedBy: 'MODEL', fallbackReason: null };
  }
  const why =
    model === null
      ? 'no model has been trained yet'
      : model.algorithm === 'popularity'
        ? 'no model beats popularity yet'
        : request.whyNoHistory;
  if (request.popularInSegment && request.popularInSegment.length > 0) {
    return {
      items: fillUp(request, popularItems(request, request.popularInSegment, 'POPULAR_IN_SEGMENT', [])),
      servedBy: 'SEGMENT',
      fallbackReason: why,
    };
  }
  return { items: fillUp(request, []), servedBy: 'POPULAR', fallbackReason: why };
}

function byModel(
  { history, contextIds, count, byId, isAllowed }: RankRequest,
  model: LoadedRecommender,
  canPersonalise: boolean,
  canRelate: boolean,
): RecommendedItem[] {
  const past = indexed(
    model,
    history.map(({ productId, weight }) => ({ productId, weight })),
  );
  const context = indexed(
    model,
    contextIds.map((productId) => ({ productId, weight: 1 })),
  );
  const personal = canPersonalise ? model.main.scores(past) : new Float64Array(model.productIds.length);
  const scores = canRelate ? blend(model.companion.scores(context), personal) : personal;
  const exclude = new Set<number>(context.items);
  if (model.excludesHistory) for (const item of past.items) exclude.add(item);
  model.productIds.forEach((id, index) => {
    const product = byId.get(id);
    if (!product || !isAllowed(product) || scores[index] <= 0) exclude.add(index);
  });
  return topItems(scores, count, exclude).flatMap(({ item, score }, place) => {
    const product = byId.get(model.productIds[item]);
    if (!product) return [];
    const related = canRelate ? model.companion.explain(context, item) : [];
    const known = canPersonalise ? model.main.explain(past, item) : [];
    const named = (code: RecommendationReasonCode, index: number, contribution: number): Reason => {
      const productId = model.productIds[index];
      return { code, productId, contribution, text: recommendationReason(code, { product: byId.get(productId)?.name ?? '' }).text };
    };
    const bought = new Set(history.filter(({ isBought }) => isBought).map(({ productId }) => productId));
    const reasons = [
      ...related.slice(0, 1).map((one) => named('BOUGHT_TOGETHER', one.item, one.contribution)),
      ...known
        .filter((one) => one.contribution > 0 && one.item !== item)
        .slice(0, MOST_REASONS)
        .map((one) =>
          named(bought.has(model.productIds[one.item]) ? 'BECAUSE_YOU_BOUGHT' : 'BECAUSE_YOU_VIEWED', one.item, one.contribution),
        ),
    ].slice(0, MOST_REASONS);
    return [
      {
        rank: place + 1,
        score,
        productId: product.id,
        sku: product.sku,
        reasons: reasons.length > 0 ? reasons : [plain('LIKED_BY_SIMILAR_USERS')],
      },
    ];
  });
}

function indexed(model: LoadedRecommender, products: { productId: string; weight: number }[]) {
  const known = products.flatMap(({ productId, weight }) => {
    const index = model.indexOf.get(productId);
    return index === undefined ? [] : [{ index, weight }];
  });
  return { items: known.map(({ index }) => index), weights: known.map(({ weight }) => weight) };
}

/** Related products on the scale 0..1, plus a part of the personal scores on the same scale. */
function blend(related: Float64Array, personal: Float64Array): Float64Array {
  const top = (scores: Float64Array) => scores.reduce((most, score) => Math.max(most, score), 0) || 1;
  const [mostRelated, mostPersonal] = [top(related), top(personal)];
  return related.map((score, index) =>
    score <= 0 ? 0 : score / mostRelated + (PERSONAL_SHARE * Math.max(0, personal[index])) / mostPersonal,
  );
}

const plain = (code: RecommendationReasonCode): Reason => ({
  code,
  productId: null,
  contribution: null,
  text: recommendationReason(code).text,
});

function popularItems(
  { byId, isAllowed, contextIds, count }: RankRequest,
  popular: PopularProduct[],
  code: RecommendationReasonCode,
  before: RecommendedItem[],
): RecommendedItem[] {
  const taken = new Set([...before.map(({ productId }) => productId), ...contextIds]);
  const added: RecommendedItem[] = [];
  for (const { productId, units } of popular) {
    const product = byId.get(productId);
    if (before.length + added.length >= count) break;
    if (!product || taken.has(productId) || !isAllowed(product)) continue;
    added.push({ rank: before.length + added.length + 1, score: units, productId, sku: product.sku, reasons: [plain(code)] });
  }
  return added;
}

/** Best sellers behind the list, then any other product: a small or filtered shop must not answer with an empty shelf. */
function fillUp(request: RankRequest, items: RecommendedItem[]): RecommendedItem[] {
  const withPopular = [...items, ...popularItems(request, request.popular, 'POPULAR', items)];
  if (withPopular.length >= request.count) return withPopular;
  const rest = [...request.byId.keys()].map((productId) => ({ productId, units: 0 }));
  return [...withPopular, ...popularItems(request, rest, 'POPULAR', withPopular)];
}
