import {
  accept,
  AppError,
  type CampaignContent,
  type EffectBasis,
  Evidence,
  type GuardrailCheck,
  type Interval80,
  type PromotionRule,
  refuse,
  type Refusal,
  type Result,
  ruleDepthBasisPoints,
  windowDays,
} from '@promolift/domain';
import type { Deps } from '../../shared/deps.ts';
import { type CampaignView, findCampaign } from '../read/read-campaigns.ts';
import { cachedPicture } from './cached-picture.ts';
import { type ConditionShare, conditionShare, narrowed } from './condition-share.ts';
import { effectBasisOf, type Offer } from './effect-basis.ts';
import { type Effect, estimateEffect } from './estimate-effect.ts';
import { offerGuardrails } from './offer-guardrails.ts';
import type { ShopPicture } from './shop-picture.ts';

export type SimulateRequest = {
  campaignId: string;
  depthBasisPoints?: number | null;
  segmentKeys?: readonly string[] | null;
  days?: number | null;
  budgetMinor?: number | null;
};
export type Simulated = {
  currency: string;
  incrementalMargin: Interval80;
  incrementalUnits: Interval80;
  discountCost: Interval80;
  reach: number;
  guardrails: GuardrailCheck[];
};
export type SimulateRefusal = Refusal & { kind: 'UNKNOWN_SEGMENT' | 'INVALID_CHANGE' };

const DRAWS = 2_000;
const SEED = 1;

/** What a campaign would change if it were changed a little. Unchanged, the answer is the proposal's own, to the last figure. `segmentKeys` empty = everybody. */
export async function simulateProposal(deps: Deps, request: SimulateRequest): Promise<Result<Simulated, SimulateRefusal>> {
  const campaign = await findCampaign(deps, request.campaignId);
  if (!campaign) throw new AppError('NOT_FOUND', 'There is no such campaign.', { field: ['campaignId'] });
  const invalid = problemOf(request);
  if (invalid) return refuse(invalid);
  const picture = await cachedPicture(deps);
  const basis = (await storedBasis(deps, campaign)) ?? (await basisOfContent(deps, picture, campaign.content)).basis;
  const unknown = (request.segmentKeys ?? []).find((key) => basis.users.bySegment[key] === undefined);
  if (unknown !== undefined) return refuse({ kind: 'UNKNOWN_SEGMENT', message: `There is no segment ${unknown}.`, field: ['segmentKeys'] });
  const changes = {
    ...(request.depthBasisPoints != null && { depthBasisPoints: request.depthBasisPoints }),
    ...(request.days != null && { days: request.days }),
    ...(request.segmentKeys != null && { segmentKeys: request.segmentKeys.length === 0 ? ('all' as const) : request.segmentKeys }),
  };
  const effect = estimateEffect(basis, changes);
  return accept({
    currency: campaign.content.budget.currency,
    incrementalMargin: effect.marginMinor,
    incrementalUnits: effect.units,
    discountCost: effect.discountCostMinor,
    reach: effect.reach,
    guardrails: guardrailsOf(picture, campaign.content, effect, {
      depthBasisPoints: changes.depthBasisPoints,
      days: changes.days ?? basis.days,
      budgetMinor: request.budgetMinor ?? campaign.content.budget.budgetMinor,
      from: basis.depthBasisPoints,
    }),
  });
}

/** The guardrails of a campaign as it stands: those of its evidence, or computed now for a manager's own campaign. */
export async function guardrailsOfCampaign(deps: Deps, campaign: CampaignView): Promise<readonly GuardrailCheck[]> {
  const evidence = await storedEvidence(deps, campaign);
  return evidence ? evidence.guardrails : guardrailsOfContent(deps, await cachedPicture(deps), campaign.content);
}

/** The guardrails of what a manager wrote, saved or not. */
export async function guardrailsOfContent(
  deps: Pick<Deps, 'sql'>,
  picture: ShopPicture,
  content: CampaignContent,
): Promise<GuardrailCheck[]> {
  const { basis } = await basisOfContent(deps, picture, content);
  return guardrailsOf(picture, content, estimateEffect(basis), {
    depthBasisPoints: undefined,
    days: basis.days,
    budgetMinor: content.budget.budgetMinor,
    from: basis.depthBasisPoints,
  });
}

function problemOf({ depthBasisPoints, days, budgetMinor }: SimulateRequest): SimulateRefusal | null {
  const bad = (field: string, message: string): SimulateRefusal => ({ kind: 'INVALID_CHANGE', message, field: [field] });
  if (depthBasisPoints != null && !(Number.isInteger(depthBasisPoints) && depthBasisPoints >= 0 && depthBasisPoints <= 10_000))
    return bad('depthBasisPoints', 'depthBasisPoints must be from 0 to 10,000.');
  if (days != null && !(days > 0 && days <= 366)) return bad('days', 'days must be from 1 to 366.');
  if (budgetMinor != null && !(Number.isInteger(budgetMinor) && budgetMinor > 0))
    return bad('budgetMinor', 'budgetMinor must be a whole number above 0.');
  return null;
}

async function storedEvidence({ sql }: Pick<Deps, 'sql'>, { evidenceId }: CampaignView): Promise<Evidence | null> {
  if (!evidenceId) return null;
  const { rows } = await sql.query<{ body: unknown }>('select body from evidence where id = $1', [evidenceId]);
  return rows[0] ? Evidence.parse(rows[0].body) : null;
}

const storedBasis = async (deps: Pick<Deps, 'sql'>, campaign: CampaignView): Promise<EffectBasis | null> =>
  (await storedEvidence(deps, campaign))?.basis ?? null;

/** A campaign with several rules is judged by its first: their effects meet on the same carts and do not add up. */
export function offerOf(picture: ShopPicture, content: CampaignContent): Offer {
  const rule = content.promotions[0]?.rule;
  if (!rule) throw new Error('a campaign has at least one promotion');
  return {
    rule,
    segmentKeys: content.audience.segmentKeys,
    days: windowDays(content.schedule),
    depthBasisPoints: nominalDepth(rule, picture),
  };
}

/** What the effect of a manager's content is drawn from, narrowed by the share of past carts that meet its condition. */
export async function basisOfContent(
  deps: Pick<Deps, 'sql'>,
  picture: ShopPicture,
  content: CampaignContent,
): Promise<{ basis: EffectBasis; condition: ConditionShare | null }> {
  const condition = await conditionShare(deps, picture, content);
  const basis = effectBasisOf(picture, offerOf(picture, content), DRAWS, SEED);
  return { basis: narrowed({ ...basis, holdoutBasisPoints: content.holdoutBasisPoints }, condition), condition };
}

/** How deep a rule looks: its percentage, or its reward against what must be spent for it. */
function nominalDepth(rule: PromotionRule, { settings: { currency }, products }: ShopPicture): number {
  const share = (part: number, whole: number) => (whole > 0 ? Math.min(10_000, Math.max(0, Math.round((10_000 * part) / whole))) : 0);
  const priceOf = (sku: string) => products.find((product) => product.sku === sku)?.priceMinor ?? 0;
  switch (rule.kind) {
    case 'percent_off':
    case 'flash_sale':
    case 'coupon':
      return rule.basisPoints;
    case 'amount_off':
      return share(rule.amounts[currency] ?? 0, rule.minimumSpend?.[currency] ?? 0);
    case 'spend_x_get_y_off': {
      const tier = rule.tiers[0];
      return tier ? (tier.reward.unit === 'percent' ? tier.reward.basisPoints : share(tier.reward.amountMinor, tier.spendMinor)) : 0;
    }
    case 'bundle_price': {
      const separately = rule.pieces.reduce((sum, piece) => sum + priceOf(piece.sku) * piece.quantity, 0);
      return share(separately - (rule.prices[currency] ?? separately), separately);
    }
    case 'pre_sale':
      return share(priceOf(rule.sku) - (rule.prices[currency] ?? priceOf(rule.sku)), priceOf(rule.sku));
    case 'free_gift':
      return 1_000;
    case 'fixed_price':
    case 'volume_price':
      return rule.scope.kind === 'skus'
        ? Math.max(...rule.scope.skus.map((sku) => ruleDepthBasisPoints(rule, sku, { currency, priceOf })))
        : 0;
    case 'buy_x_get_y':
    case 'free_shipping':
    case 'reduced_shipping':
    case 'loyalty_points':
    case 'referral_reward':
      return 0;
  }
}

type Changed = { depthBasisPoints: number | undefined; days: number; budgetMinor: number; from: number };

function guardrailsOf(picture: ShopPicture, content: CampaignContent, effect: Effect, changed: Changed): GuardrailCheck[] {
  const offer = offerOf(picture, content);
  const rule =
    changed.depthBasisPoints === undefined || changed.depthBasisPoints === changed.from
      ? offer.rule
      : withDepth(offer.rule, changed.depthBasisPoints, changed.from);
  return [...offerGuardrails(picture, { ...offer, rule, days: changed.days }, effect, changed.budgetMinor).checks];
}

/** The rule at another depth; rewards grow in proportion. */
function withDepth(rule: PromotionRule, depth: number, from: number): PromotionRule {
  const scaled = (amountMinor: number) => Math.max(1, Math.round((amountMinor * depth) / Math.max(1, from)));
  const scaledAll = (amounts: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(amounts).map(([currency, amount]) => [currency, scaled(amount)]));
  const deeper = (amounts: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      Object.entries(amounts).map(([currency, amount]) => [
        currency,
        Math.max(1, Math.round((amount * (10_000 - depth)) / Math.max(1, 10_000 - from))),
      ]),
    );
  switch (rule.kind) {
    case 'percent_off':
    case 'flash_sale':
    case 'coupon':
      return { ...rule, basisPoints: Math.max(1, depth) };
    case 'amount_off':
      return { ...rule, amounts: scaledAll(rule.amounts) };
    case 'spend_x_get_y_off':
      return {
        ...rule,
        tiers: rule.tiers.map((tier) => ({
          ...tier,
          reward:
            tier.reward.unit === 'amount'
              ? { unit: 'amount', amountMinor: Math.min(tier.spendMinor, scaled(tier.reward.amountMinor)) }
              : { unit: 'percent', basisPoints: Math.min(10_000, scaled(tier.reward.basisPoints)) },
        })),
      };
    case 'bundle_price':
      return { ...rule, prices: deeper(rule.prices) };
    case 'pre_sale':
    case 'fixed_price':
      return { ...rule, prices: deeper(rule.prices) };
    case 'volume_price':
      return { ...rule, volumeTiers: rule.volumeTiers.map((tier) => ({ ...tier, prices: deeper(tier.prices) })) };
    case 'free_gift':
    case 'buy_x_get_y':
    case 'free_shipping':
    case 'reduced_shipping':
    case 'loyalty_points':
    case 'referral_reward':
      return rule;
  }
}
