import {
  accept,
  type AppliedPromotion,
  type CampaignContent,
  canonicalHash,
  type GuardrailCheck,
  type LocalizedText,
  promotionSentence,
  type RejectionReason,
  type Result,
} from '@promolift/domain';
import type { Deps } from '../../shared/deps.ts';
import type { CampaignRefusal } from '../campaign-record.ts';
import { withPriceLaw } from '../price-law-gate.ts';
import { WINDOW_DAYS } from '../propose/backtest.ts';
import { cachedPicture } from '../propose/cached-picture.ts';
import type { Cart } from '../propose/carts.ts';
import { guardrailsOfContent } from '../propose/simulate-proposal.ts';
import { parseContent } from '../write-campaign.ts';
import { noCounts } from './count-limits.ts';
import { keepCounts, takeCounts } from './kept-counts.ts';
import { openRehearsal, type Played } from './play-cart.ts';

export type RehearseRequest = {
  content: unknown;
  /** The campaign that the content is a revision of; null for a new one. It does not collide with itself. */
  campaignId: string | null;
  /** Carts already rehearsed; 0 begins. */
  after: number;
};

/** What happens on the carts that one other campaign and this one would both touch. */
export type Collision = {
  campaignId: string;
  outcome: 'both_apply' | 'this_gives_way' | 'other_gives_way';
  cartCount: number;
};

/** One slice of the carts of the last four weeks, oldest first, as limits are counted; sums of slices are the whole. Amounts in minor units of `currency`. */
export type Rehearsal = {
  currency: string;
  /** Carts of this slice, and of all slices. */
  cartCount: number;
  cartTotal: number;
  /** Give it as `after` for the next slice; null after the last. */
  next: number | null;
  touchedCount: number;
  /** What the campaign alone takes off these carts, gifts at cost, within its budget and its limits. */
  discountMinor: number;
  /** Of the touched carts; products without a known cost add none. */
  marginBeforeMinor: number;
  marginAfterMinor: number;
  /** Carts whose discount a limit of the shop or campaign made smaller. */
  limited: { by: NonNullable<AppliedPromotion['limitedBy']>; cartCount: number }[];
  /** Carts that get nothing, by the reason of the promotion that came nearest. */
  refused: { reason: RejectionReason; cartCount: number }[];
  /** Carts that a condition decided against only because the past does not tell its fact. */
  unknownCount: number;
  collisions: Collision[];
  /** The touched carts that save most. */
  examples: { at: Date; subtotalMinor: number; savingMinor: number; skus: string[] }[];
};

const SLICE_CARTS = 500;
const PAUSE_EVERY = 50;
const MOST_EXAMPLES = 5;
const DAY_MS = 86_400_000;

/**
 * Plays the campaign over past carts as they were, in the order in which they were ordered, as if everybody had each code and nobody
 * bought more: each cart gets what budget and limits leave after the carts before it. Nothing is kept.
 */
export async function rehearseCampaign(deps: Deps, request: RehearseRequest): Promise<Result<Rehearsal, CampaignRefusal>> {
  const parsed = await parseContent(deps, request.content);
  if (!parsed.ok) return parsed;
  const picture = await cachedPicture(deps);
  const since = picture.now.getTime() - WINDOW_DAYS * DAY_MS;
  const carts = picture.carts.filter(({ at }) => at.getTime() >= since).toReversed();
  const slice = carts.slice(request.after, request.after + SLICE_CARTS);
  const run = { picture, key: canonicalHash({ content: parsed.value, campaignId: request.campaignId }) };
  const before = takeCounts(run, request.after);
  const counts = before ?? noCounts();
  const { play, skip } = await openRehearsal(deps, picture, parsed.value, request.campaignId, counts);
  const played: (Played & { cart: Cart })[] = [];
  // Another process may have played the slices before.
  if (!before) await eachInTurn(carts.slice(0, request.after), skip);
  await eachInTurn(slice, (cart) => played.push({ ...play(cart), cart }));
  const end = request.after + slice.length;
  keepCounts(run, end, counts);
  return accept({
    currency: parsed.value.budget.currency,
    cartCount: slice.length,
    cartTotal: carts.length,
    next: end < carts.length && slice.length > 0 ? end : null,
    ...sumsOf(played),
  });
}

/** Others' requests get their turn in between. */
async function eachInTurn(carts: readonly Cart[], work: (cart: Cart) => unknown): Promise<void> {
  for (const [index, cart] of carts.entries()) {
    if (index % PAUSE_EVERY === PAUSE_EVERY - 1) await new Promise<void>((resolve) => setImmediate(resolve));
    work(cart);
  }
}

function sumsOf(played: readonly (Played & { cart: Cart })[]): Omit<Rehearsal, 'currency' | 'cartCount' | 'cartTotal' | 'next'> {
  const touched = played.filter(({ isTouched }) => isTouched);
  const untouched = played.filter(({ isTouched }) => !isTouched);
  const sum = (amountOf: (one: Played) => number) => touched.reduce((total, one) => total + amountOf(one), 0);
  return {
    touchedCount: touched.length,
    discountMinor: sum(({ givenMinor }) => givenMinor),
    marginBeforeMinor: sum(({ marginMinor }) => marginMinor),
    marginAfterMinor: sum(({ marginMinor, givenMinor }) => marginMinor - givenMinor),
    limited: counted(touched.flatMap(({ limitedBy }) => limitedBy)).map(([by, cartCount]) => ({ by, cartCount })),
    refused: counted(untouched.flatMap(({ reason }) => reason ?? [])).map(([reason, cartCount]) => ({ reason, cartCount })),
    unknownCount: untouched.filter(({ isUnknown }) => isUnknown).length,
    collisions: collisionsOf(touched),
    examples: touched
      .toSorted((a, b) => b.givenMinor - a.givenMinor)
      .slice(0, MOST_EXAMPLES)
      .map(({ cart, givenMinor, subtotalMinor }) => ({
        at: cart.at,
        subtotalMinor,
        savingMinor: givenMinor,
        skus: cart.lines.map(({ product }) => product.sku),
      })),
  };
}

function collisionsOf(touched: readonly Played[]): Collision[] {
  const all = touched.flatMap(({ collisions }) => collisions);
  return [...Map.groupBy(all, ({ campaignId, outcome }) => `${campaignId} ${outcome}`).values()]
    .flatMap((same) => (same[0] ? [{ ...same[0], cartCount: same.length }] : []))
    .sort((a, b) => b.cartCount - a.cartCount || (a.campaignId < b.campaignId ? -1 : 1));
}

/** Values with how often each comes, most frequent first. */
function counted<T extends string>(values: readonly T[]): [T, number][] {
  return [...Map.groupBy(values, (value) => value)]
    .map(([value, same]): [T, number] => [value, same.length])
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

export type DescribedCampaign = {
  currency: string;
  /** What shoppers read, one sentence a promotion. */
  sentences: LocalizedText[];
  /** Margin, depth, budget, stock, audience, window and price claims; failed ones first. */
  guardrails: GuardrailCheck[];
};

/** What a shopper will read of a campaign that is being written, and what it may not do. Nothing is kept. */
export async function describeCampaign(
  deps: Deps,
  request: Pick<RehearseRequest, 'content' | 'campaignId'>,
): Promise<Result<DescribedCampaign, CampaignRefusal>> {
  const parsed = await parseContent(deps, request.content);
  if (!parsed.ok) return parsed;
  const content: CampaignContent = parsed.value;
  const picture = await cachedPicture(deps);
  const asDraft = {
    id: request.campaignId ?? '',
    content,
    status: 'draft',
    version: 1,
    liveVersion: null,
    areChangesRequested: false,
  } as const;
  return accept({
    currency: content.budget.currency,
    sentences: content.promotions.map(({ rule, condition }) => promotionSentence(rule, picture.names, condition)),
    guardrails: await withPriceLaw(deps, asDraft, await guardrailsOfContent(deps, picture, content)),
  });
}
