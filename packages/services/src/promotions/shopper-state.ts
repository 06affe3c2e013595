import {
  type CampaignContent,
  isGuestKeyMissing,
  isShopperMissing,
  type LimitCounter,
  limitCountersOf,
  type LimitSubject,
  normalCode,
} from '@promolift/domain';
import type { Deps } from '../shared/deps.ts';
import type { Shopper } from '../users/shopper.ts';
import type { ShopperState } from './rules-state.ts';

/** A reservation that the shopper brings along. */
export type Held = { campaignId: string; promotionId: string; amountMinor: number; units: number; codeId: string | null };

/** Live contents by campaign id, and which of them limit more than the campaign as a whole. */
export type Limited = { contents: ReadonlyMap<string, CampaignContent>; limitedIds: readonly string[] };

/** Does it limit what one shopper, code, segment or period may have? */
export const isLimited = ({ budget }: CampaignContent): boolean => budget.maxPerUser !== null || budget.limits.length > 0;

/** What a use of this promotion by this shopper counts against at `at`. */
export function countersFor(
  content: CampaignContent,
  promotion: CampaignContent['promotions'][number],
  shopper: Shopper,
  at: Date,
  code: string | null,
): LimitCounter[] {
  return limitCountersOf(content.budget, promotion, subjectOf(content, shopper, code), at, content.schedule.timeZone);
}

function subjectOf({ audience }: CampaignContent, shopper: Shopper, code: string | null): LimitSubject {
  const { segmentKeys } = audience;
  return {
    userKey: shopper.key,
    guestKey: shopper.guestKey,
    code,
    segmentKeys: segmentKeys === 'all' ? shopper.segmentKeys : shopper.segmentKeys.filter((key) => segmentKeys.includes(key)),
  };
}

type CodeOf = (promotion: CampaignContent['promotions'][number]) => string | null;
/** Before there is a cart: the code that an offer names. */
export const ownCode: CodeOf = ({ rule }) => (rule.kind === 'coupon' ? normalCode(rule.code) : null);

type Counted = { campaign_id: string; key: string; uses: number; minor: number };
type Watched = { campaignId: string; promotionId: string; counter: LimitCounter };

/**
 * What is left for this very shopper of campaigns that limit more than themselves, and what the shopper has set aside. Of
 * thousands of live campaigns most limit uses per user at most: these cost one look-up each. `codeOf`: the code a use would count.
 */
export async function shopperState(
  deps: Pick<Deps, 'sql'>,
  { contents, limitedIds }: Limited,
  shopper: Shopper,
  at: Date,
  held: readonly Held[] = [],
  codeOf: CodeOf = ownCode,
): Promise<ShopperState> {
  const userKeys = userCountersOf(shopper);
  const perUser: { campaignId: string; most: number }[] = [];
  const watched: Watched[] = [];
  const guestKeyMissing: string[] = [];
  const shopperMissing: string[] = [];
  for (const campaignId of limitedIds) {
    const content = contents.get(campaignId);
    if (!content) continue;
    const { maxPerUser, limits } = content.budget;
    if (maxPerUser !== null && userKeys.length > 0) perUser.push({ campaignId, most: maxPerUser });
    if (limits.length > 0) watched.push(...watchedOf(campaignId, content, shopper, at, codeOf));
    const subject = subjectOf(content, shopper, null);
    if (isGuestKeyMissing(content.budget, subject)) guestKeyMissing.push(campaignId);
    if (isShopperMissing(content.budget, subject)) shopperMissing.push(campaignId);
  }
  const counted = await countedOf(deps, [...(perUser.length > 0 ? userKeys : []), ...watched.map(({ counter }) => counter.key)]);
  const left = leftOf(watched, counted);
  for (const { campaignId, most } of perUser) {
    const uses = Math.max(...userKeys.map((key) => counted.get(`${campaignId}|${key}`)?.uses ?? 0));
    left.userUses[campaignId] = Math.min(left.userUses[campaignId] ?? most, Math.max(0, most - uses));
  }
  return { ...left, reserved: reservedOf(held), guestKeyMissing, shopperMissing };
}

/** Keys of what counts a user's uses of any campaign for ever. */
const userCountersOf = ({ key, guestKey }: Shopper): string[] =>
  limitCountersOf({ maxPerUser: null, limits: [] }, null, { userKey: key, guestKey, code: null, segmentKeys: [] }, new Date(0), 'UTC').map(
    (counter) => counter.key,
  );

/** The limits of these promotions that bind, for this shopper at `at`. */
export const watchedOf = (campaignId: string, content: CampaignContent, shopper: Shopper, at: Date, codeOf: CodeOf = ownCode): Watched[] =>
  content.promotions.flatMap((promotion) =>
    countersFor(content, promotion, shopper, at, codeOf(promotion))
      .filter(({ maxUses, maxMinor }) => maxUses !== null || maxMinor !== null)
      .map((counter) => ({ campaignId, promotionId: promotion.id, counter })),
  );

async function countedOf({ sql }: Pick<Deps, 'sql'>, keys: readonly string[]): Promise<Map<string, Counted>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql.query<Counted>('select campaign_id, key, uses, minor from limit_counters where key = any($1)', [
    [...new Set(keys)],
  ]);
  return new Map(rows.map((row) => [`${row.campaign_id}|${row.key}`, row]));
}

/** What these limits leave; `counted`: what each has counted, by campaign id and key. */
export function leftOf(
  watched: readonly Watched[],
  counted: ReadonlyMap<string, Pick<Counted, 'uses' | 'minor'>>,
): Required<Pick<ShopperState, 'userUses' | 'limits'>> {
  const userUses: Record<string, number> = {};
  const limits: NonNullable<ShopperState['limits']> = {};
  for (const { campaignId, promotionId, counter } of watched) {
    const { uses = 0, minor = 0 } = counted.get(`${campaignId}|${counter.key}`) ?? {};
    const usesLeft = counter.maxUses === null ? null : Math.max(0, counter.maxUses - uses);
    const minorLeft = counter.maxMinor === null ? null : Math.max(0, counter.maxMinor - minor);
    const isOfUser = counter.refusal === 'USER_LIMIT_REACHED';
    if (isOfUser && usesLeft !== null) userUses[campaignId] = Math.min(userUses[campaignId] ?? usesLeft, usesLeft);
    const before = limits[promotionId] ?? { uses: null, minor: null };
    const next = { uses: lesser(before.uses, isOfUser ? null : usesLeft), minor: lesser(before.minor, minorLeft) };
    if (next.uses !== null || next.minor !== null) limits[promotionId] = next;
  }
  return { userUses, limits };
}

const lesser = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b));

function reservedOf(held: readonly Held[]): ShopperState['reserved'] {
  const reserved: ShopperState['reserved'] = {};
  for (const { campaignId, promotionId, amountMinor, units } of held) {
    const before = reserved[campaignId] ?? { uses: 0, amountMinor: 0, units: {} };
    reserved[campaignId] = {
      uses: before.uses + 1,
      amountMinor: before.amountMinor + amountMinor,
      units: { ...before.units, [promotionId]: (before.units?.[promotionId] ?? 0) + units },
    };
  }
  return reserved;
}
