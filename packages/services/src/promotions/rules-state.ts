import { CampaignContent, codesOf, type GiftSupply, type LivePromotion, livePromotionsOf, normalCode } from '@promolift/domain';
import type { Pool } from 'pg';
import type { Secrets } from '../shared/deps.ts';

/**
 * What was left of one live campaign at one moment. With the campaign's version, which never changes, it gives its promotions
 * exactly as they were; so decisions keep this and not the rules. Plain JSON.
 */
export type CampaignState = {
  campaignId: string;
  version: number;
  /** Those of its promotions that were candidates; absent = all. */
  promotionIds?: string[];
  isKilled: boolean;
  budgetMinor: number;
  /** Left of the campaign's redemptions; null = no limit. */
  uses: number | null;
  /** Promotion id → left of a flash sale's units. */
  units: Record<string, number>;
  /** Code in normal form → how often it may still be used; codes without a limit are missing. */
  codeUses: Record<string, number>;
  gifts: GiftSupply[];
  /** Left of the budget it shares with other campaigns; absent = it shares none. */
  sharedBudget?: { key: string; remainingMinor: number };
};

/** What this shopper alone has left or set aside, and generated codes they brought. Plain JSON. */
export type ShopperState = {
  /** By campaign id. */
  userUses: Record<string, number>;
  /** By campaign id; `units` by promotion id. */
  reserved: Record<string, { uses: number; amountMinor: number; units?: Record<string, number> }>;
  /** Promotion id → left of its other limits; null = that sort is not limited. */
  limits?: Record<string, { uses: number | null; minor: number | null }>;
  /** Campaigns that count guests by e-mail or phone, which this shopper did not give. */
  guestKeyMissing?: string[];
  /** Campaigns that count shoppers, of whom this one gave no sign. */
  shopperMissing?: string[];
  /** Promotion id → generated codes that the shopper typed. */
  codes?: Record<string, string[]>;
};

/** One immutable campaign version. */
export type VersionKey = { campaignId: string; version: number };
type Contents = ReadonlyMap<string, CampaignContent>;

/** One salt a campaign: whoever is held out of one is not thereby held out of all. */
export const campaignHoldoutSalt = (installationSalt: string, campaignId: string): string => `${installationSalt}:${campaignId}`;

export const versionKey = ({ campaignId, version }: VersionKey): string => `${campaignId}:${version}`;

const parsed = new WeakMap<Pool, Map<string, CampaignContent>>();
/** More stay only where one call asks for more. */
const MOST_PARSED = 2_000;

/**
 * The contents of these versions. Each is kept once read, for a version never changes; when there are too many, those go that
 * nobody asked for longest, and never one that this call asks for: whoever asks for all again finds them all.
 */
export async function contentsOf(sql: Pool, versions: readonly VersionKey[]): Promise<Contents> {
  const known = parsed.get(sql) ?? new Map<string, CampaignContent>();
  parsed.set(sql, known);
  // Taken out before the first wait: another call may drop them meanwhile.
  const contents = new Map(
    versions.flatMap((one) => {
      const content = known.get(versionKey(one));
      return content ? [[versionKey(one), content] as const] : [];
    }),
  );
  const missing = versions.filter((one) => !contents.has(versionKey(one)));
  for (let start = 0; start < missing.length; start += PARSED_AT_ONCE)
    for (const [key, content] of await readContents(sql, missing.slice(start, start + PARSED_AT_ONCE))) contents.set(key, content);
  keepNewest(known, contents);
  return contents;
}

/** A map remembers in which order its entries came: what was asked for now goes to its end. */
function keepNewest(known: Map<string, CampaignContent>, asked: Contents): void {
  for (const [key, content] of asked) {
    known.delete(key);
    known.set(key, content);
  }
  for (const key of known.keys()) {
    if (known.size <= Math.max(MOST_PARSED, asked.size)) return;
    known.delete(key);
  }
}

/** Contents parsed at a time: between them requests get their turn. */
export const PARSED_AT_ONCE = 500;

/** The contents of these versions, read and parsed now. */
export async function readContents(sql: Pool, versions: readonly VersionKey[]): Promise<[string, CampaignContent][]> {
  const { rows } = await sql.query<{ campaign_id: string; version: number; content: unknown }>(
    'select campaign_id, version, content from campaign_versions where (campaign_id, version) in (select * from unnest($1::uuid[], $2::int[]))',
    [versions.map(({ campaignId }) => campaignId), versions.map(({ version }) => version)],
  );
  return rows.map(({ campaign_id, version, content }) => [
    versionKey({ campaignId: campaign_id, version }),
    CampaignContent.parse(content),
  ]);
}

/** The promotions of these campaigns, as the engine takes them. Windows are left to the engine: it gets the clock. */
export function promotionsOfState(
  states: readonly CampaignState[],
  contents: Contents,
  secrets: Pick<Secrets, 'holdoutSalt'>,
): LivePromotion[] {
  return states.flatMap((state) => {
    const content = contents.get(versionKey(state));
    if (!content) return [];
    const { campaignId, version, isKilled, budgetMinor, uses, sharedBudget } = state;
    const promotions = livePromotionsOf(
      content,
      { campaignId, version, holdoutSalt: campaignHoldoutSalt(secrets.holdoutSalt, campaignId) },
      {
        isKilled,
        budgetMinor,
        uses,
        userUses: null,
        unitsByPromotionId: new Map(Object.entries(state.units)),
        giftBySku: new Map(state.gifts.map((gift) => [gift.sku, gift])),
        sharedBudget,
      },
    );
    const { promotionIds } = state;
    const own = promotionIds ? promotions.filter(({ promotionId }) => promotionIds.includes(promotionId)) : promotions;
    return own.map((promotion) => withinCode(promotion, state.codeUses));
  });
}

/** Whoever could not redeem a code because it is used up is told so before the order. */
function withinCode(promotion: LivePromotion, codeUses: CampaignState['codeUses']): LivePromotion {
  const left = promotion.rule.kind === 'coupon' ? codeUses[normalCode(promotion.rule.code)] : undefined;
  return left === undefined ? promotion : { ...promotion, remainingUses: Math.min(left, promotion.remainingUses ?? left) };
}

/** The same promotions for one shopper: their own limits count, and what they have set aside is theirs to spend. */
export function forShopper(promotions: readonly LivePromotion[], state: ShopperState): readonly LivePromotion[] {
  const { userUses, reserved, limits = {}, guestKeyMissing = [], shopperMissing = [], codes = {} } = state;
  if ([userUses, reserved, limits, guestKeyMissing, shopperMissing, codes].every((part) => Object.keys(part).length === 0))
    return promotions;
  return promotions.map((promotion) => {
    const { campaignId, promotionId, sharedBudget } = promotion;
    const own = reserved[campaignId] ?? { uses: 0, amountMinor: 0 };
    const left = limits[promotionId];
    const brought = codes[promotionId];
    const needed = brought && codesOf(promotion);
    return {
      ...promotion,
      requiredCodes: needed ? [...needed, ...brought] : promotion.requiredCodes,
      remainingUserUses: plus(userUses[campaignId] ?? promotion.remainingUserUses, own.uses),
      remainingUses: plus(least(promotion.remainingUses, left?.uses), own.uses),
      remainingBudgetMinor: plus(least(promotion.remainingBudgetMinor, left?.minor), own.amountMinor),
      remainingUnits: plus(promotion.remainingUnits, own.units?.[promotionId] ?? 0),
      ...(sharedBudget && { sharedBudget: { ...sharedBudget, remainingMinor: sharedBudget.remainingMinor + own.amountMinor } }),
      ...(guestKeyMissing.includes(campaignId) && { isGuestKeyMissing: true }),
      ...(shopperMissing.includes(campaignId) && { isShopperMissing: true }),
    };
  });
}

const plus = (left: number | null, more: number): number | null => (left === null ? null : left + more);

const least = (a: number | null, b: number | null | undefined): number | null =>
  a === null || b == null ? (a ?? b ?? null) : Math.min(a, b);
