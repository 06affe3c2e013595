import { CAMPAIGN_REJECTION_REASONS, type CampaignRejectionReason, type LocalizedText } from '@promolift/domain';
import { isSameGround, kindOf, type RememberedCampaign } from './campaign-memory.ts';
import type { Candidate } from './candidates.ts';
import type { Effect } from './estimate-effect.ts';

const SURE = 0.9;
/** What managers found too costly must become this much cheaper. */
const CHEAPER = 0.7;

/** Why a manager's recent no also holds for this candidate; null when it does not. */
export function rejectionOf(
  rejected: readonly RememberedCampaign[],
  candidate: Candidate,
  effect: Effect,
  categoriesOf: (sku: string) => readonly string[],
): LocalizedText | null {
  for (const campaign of rejected) {
    const code = reasonOf(campaign);
    if (code && holds(code, campaign, candidate, effect, categoriesOf)) {
      const { en, zh } = CAMPAIGN_REJECTION_REASONS[code];
      return { en: `A manager rejected the like of it lately: ${en.charAt(0).toLowerCase()}${en.slice(1)}`, zh: `类似提案最近被拒：${zh}` };
    }
  }
  return null;
}

function reasonOf({ rejectionReason }: RememberedCampaign): CampaignRejectionReason | null {
  const code = rejectionReason?.split(':')[0] ?? '';
  return Object.hasOwn(CAMPAIGN_REJECTION_REASONS, code) ? (code as CampaignRejectionReason) : null;
}

function holds(
  code: CampaignRejectionReason,
  campaign: RememberedCampaign,
  { idea, offer }: Candidate,
  effect: Effect,
  categoriesOf: (sku: string) => readonly string[],
): boolean {
  const isSameProducts = campaign.content.promotions.some(({ rule }) => isSameGround(rule, offer.rule, categoriesOf));
  const isSameKind = kindOf(campaign) === offer.rule.kind;
  const isSameAudience = JSON.stringify(campaign.content.audience.segmentKeys) === JSON.stringify(offer.segmentKeys);
  switch (code) {
    case 'TOO_COSTLY':
      return isSameProducts && isSameKind && effect.discountCostMinor.high > CHEAPER * campaign.content.budget.budgetMinor;
    case 'TOO_UNCERTAIN':
      return isSameProducts && effect.probabilityOfGain < SURE;
    case 'WRONG_AUDIENCE':
      return isSameAudience && (isSameProducts || idea.occasion === campaign.occasion);
    case 'WRONG_PRODUCTS':
      return isSameProducts;
    case 'WRONG_TIME':
      return isSameProducts && idea.occasion === campaign.occasion;
    case 'HURTS_BRAND':
      return isSameKind;
  }
}
