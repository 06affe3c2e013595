import type { CodeReason } from './codes/code-reason.ts';
import type { RejectionReason } from './rejection-reason.ts';

/** Warning codes of rejected discounts in the Universal Commerce Protocol's discount extension (dev.ucp.shopping.discount). */
export const UCP_REASONS = [
  'discount_code_expired',
  'discount_code_invalid',
  'discount_code_already_applied',
  'discount_code_combination_disallowed',
  'discount_code_user_not_logged_in',
  'discount_code_user_ineligible',
] as const;
/** The Agentic Commerce Protocol's discount extension has the same and two more. */
export const ACP_REASONS = [...UCP_REASONS, 'discount_code_minimum_not_met', 'discount_code_usage_limit_reached'] as const;

export interface AgentReason {
  readonly ucp: (typeof UCP_REASONS)[number];
  readonly acp: (typeof ACP_REASONS)[number];
}

const both = (code: AgentReason['ucp']): AgentReason => ({ ucp: code, acp: code });
const [expired, invalid] = [both('discount_code_expired'), both('discount_code_invalid')];
const combination = both('discount_code_combination_disallowed');
// UCP has no word for these two; whoever lacks a minimum or comes too late is, in its words, not eligible.
const minimum: AgentReason = { ucp: 'discount_code_user_ineligible', acp: 'discount_code_minimum_not_met' };
const usedUp: AgentReason = { ucp: 'discount_code_user_ineligible', acp: 'discount_code_usage_limit_reached' };
// One word for both, so that an agent cannot tell an experiment from a segment.
const ineligible = both('discount_code_user_ineligible');

export const AGENT_REASONS: Record<RejectionReason | CodeReason | 'UNKNOWN_CODE', AgentReason> = {
  UNKNOWN_CODE: invalid,
  // Whose code it is, and that there was one, is nobody's business: the same word as for an unknown one.
  CODE_OF_ANOTHER: invalid,
  CODE_REVOKED: invalid,
  CODE_STOPPED: expired,
  CODE_EXPIRED: expired,
  CODE_NOT_STARTED: invalid,
  CODE_USED_UP: usedUp,
  KILLED: expired,
  NOT_STARTED: invalid,
  ENDED: expired,
  WRONG_CURRENCY: invalid,
  NOT_IN_AUDIENCE: ineligible,
  HELD_OUT: ineligible,
  GUEST_KEY_REQUIRED: both('discount_code_user_not_logged_in'),
  SHOPPER_REQUIRED: both('discount_code_user_not_logged_in'),
  CODE_REQUIRED: invalid,
  USER_LIMIT_REACHED: usedUp,
  USES_EXHAUSTED: usedUp,
  BUDGET_EXHAUSTED: usedUp,
  // In its words not eligible, whatever the condition, so that an agent learns nothing of what is known of the shopper.
  CONDITION_NOT_MET: ineligible,
  CANNOT_COMBINE: combination,
  GROUP_TAKEN: combination,
  NOT_BEST_IN_GROUP: combination,
  GROUPS_APART: combination,
  NOTHING_IN_SCOPE: invalid,
  BELOW_THRESHOLD: minimum,
  TOO_FEW_UNITS: minimum,
  COST_UNKNOWN: invalid,
  GIFT_OUT_OF_STOCK: usedUp,
  UNITS_EXHAUSTED: usedUp,
  LAUNCHED: expired,
  NO_SHIPPING_TO_PAY: invalid,
  NO_SAVING: invalid,
  DEPTH_REACHED: combination,
  CAP_REACHED: combination,
  BELOW_FLOOR: invalid,
  ACCOUNT_REQUIRED: both('discount_code_user_not_logged_in'),
  REFERRAL_REQUIRED: invalid,
  SELF_REFERRAL: ineligible,
  NOT_FIRST_ORDER: ineligible,
  // As for the two before: nothing of the friend is told.
  REFERRER_LIMIT_REACHED: ineligible,
};

/** What an agent of a shopper is told, in the words of its protocol. */
export const agentReasonOf = (reason: RejectionReason | CodeReason | 'UNKNOWN_CODE'): AgentReason => AGENT_REASONS[reason];
