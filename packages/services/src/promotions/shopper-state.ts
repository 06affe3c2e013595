import {
  type CampaignContent,
  isGuestKeyMissing,
  type LimitCounter,
  limitCountersOf,
  type LimitSubject,
  normalCode,
} from '@promolift/domain';
import type { Deps } from '../shared/deps.ts';
import type { Shopper } from '../users/shopper.ts';
import type { ShopperState } from './rules-state.ts';

/** A reservation that the shopper brings along. */
export type Held = { campaignId: string; promotionId: string; amountMinor: number; units: number };

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
  code: string | null = promotion.rule.kind === 'coupon' ? normalCode(promotion.rule.code) : null,
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

type Counted = { campaign_id: string; key: string; uses: number; minor: number };
type Watched = { campaignId: string; promotionId: string; counter: LimitCounter };

/** What is left for this very shopper of campaigns that limit more than themselves, and what the shopper has set aside. */
export async function shopperState(
  deps: Pick<Deps, 'sql'>,
  { contents, limitedIds }: Limited,
  shopper: Shopper,
  at: Date,
  held: readonly Held[] = [],
): Promise<ShopperState> {
  const limited = limitedIds.flatMap((campaignId) => {
    const content = contents.get(campaignId);
    return content ? [{ campaignId, content }] : [];
  });
  const watched = limited.flatMap(({ campaignId, content }) =>
    content.promotions.flatMap((promotion) =>
      countersFor(content, promotion, shopper, at)
        .filter(({ maxUses, maxMinor }) => maxUses !== null || maxMinor !== null)
        .map((counter): Watched => ({ campaignId, promotionId: promotion.id, counter })),
    ),
  );
  const guestKeyMissing = limited
    .filter(({ content }) => isGuestKeyMissing(content.budget, subjectOf(content, shopper, null)))
    .map(({ campaignId }) => campaignId);
  return { ...leftOf(watched, await countedOf(deps, watched)), reserved: reservedOf(held), guestKeyMissing };
}

async function countedOf({ sql }: Pick<Deps, 'sql'>, watched: readonly Watched[]): Promise<Map<string, Counted>> {
  if (watched.length === 0) return new Map();
  const { rows } = await sql.query<Counted>(
    'select campaign_id, key, uses, minor from limit_counters where (campaign_id, key) in (select * from unnest($1::uuid[], $2::text[]))',
    [watched.map(({ campaignId }) => campaignId), watched.map(({ counter }) => counter.key)],
  );
  return new Map(rows.map((row) => [`${row.campaign_id}|${row.key}`, row]));
}

function leftOf(watched: readonly Watched[], counted: ReadonlyMap<string, Counted>): Required<Pick<ShopperState, 'userUses' | 'limits'>> {
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
