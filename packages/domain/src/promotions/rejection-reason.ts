import type { LocalizedText } from '../shared/text.ts';
import { isPersonalCondition } from './conditions/condition.ts';
import type { ConditionFailure } from './conditions/condition-kind.ts';

/** Why a promotion did not apply: exactly one per promotion, the first that is true in this order. */
export const REJECTION_REASONS = {
  KILLED: { en: 'This offer was stopped.', zh: '该优惠已停止。' },
  NOT_STARTED: { en: 'This offer has not started yet.', zh: '该优惠尚未开始。' },
  ENDED: { en: 'This offer has ended.', zh: '该优惠已结束。' },
  WRONG_CURRENCY: { en: 'This offer is not available in this currency.', zh: '该优惠不支持此货币。' },
  NOT_IN_AUDIENCE: { en: 'This offer is for other shoppers.', zh: '该优惠面向其他顾客。' },
  HELD_OUT: { en: 'This offer is not available.', zh: '该优惠暂不可用。' },
  CODE_REQUIRED: { en: 'This offer needs a code.', zh: '该优惠需要优惠码。' },
  GUEST_KEY_REQUIRED: { en: 'Sign in or give your e-mail or phone to use this offer.', zh: '请登录或填写邮箱、手机号后使用该优惠。' },
  SHOPPER_REQUIRED: {
    en: 'This offer is limited for each shopper. Sign in to use it.',
    zh: '该优惠限制每位顾客的使用次数，请登录后使用。',
  },
  USER_LIMIT_REACHED: { en: 'You have used this offer already.', zh: '您已使用过该优惠。' },
  USES_EXHAUSTED: { en: 'This offer is used up.', zh: '该优惠已领完。' },
  BUDGET_EXHAUSTED: { en: 'This offer is used up.', zh: '该优惠已用完。' },
  CONDITION_NOT_MET: { en: 'A condition of this offer is not met.', zh: '未满足该优惠的条件。' },
  CANNOT_COMBINE: { en: 'This offer cannot be combined with another.', zh: '该优惠不可与其他优惠同享。' },
  GROUP_TAKEN: { en: 'Another offer of this kind applies already.', zh: '已使用同类优惠。' },
  NOT_BEST_IN_GROUP: { en: 'Another offer of this kind is used instead.', zh: '已选用同类的另一优惠。' },
  GROUPS_APART: { en: 'This offer cannot be combined with another.', zh: '该优惠不可与其他优惠同享。' },
  NOTHING_IN_SCOPE: { en: 'The cart has none of the products of this offer.', zh: '购物车中没有该优惠的商品。' },
  BELOW_THRESHOLD: { en: 'The cart is below the minimum of this offer.', zh: '未达到该优惠的最低消费。' },
  TOO_FEW_UNITS: { en: 'The cart has too few units for this offer.', zh: '商品数量未达到该优惠的要求。' },
  COST_UNKNOWN: { en: 'This offer is not available for these products.', zh: '这些商品不参与该优惠。' },
  GIFT_OUT_OF_STOCK: { en: 'The gift is out of stock.', zh: '赠品已无库存。' },
  UNITS_EXHAUSTED: { en: 'The units set aside for this offer are sold.', zh: '该优惠的限量商品已售完。' },
  LAUNCHED: { en: 'The product is on sale already; the pre-sale is over.', zh: '商品已上市，预售已结束。' },
  NO_SHIPPING_TO_PAY: { en: 'There is no shipping to pay.', zh: '无需支付运费。' },
  NO_SAVING: { en: 'This offer would not make the cart cheaper.', zh: '该优惠不会更便宜。' },
  DEPTH_REACHED: { en: 'The largest total discount is reached.', zh: '已达到最大折扣。' },
  CAP_REACHED: { en: 'The largest discount is reached.', zh: '已达到优惠上限。' },
  BELOW_FLOOR: { en: 'The price cannot go lower.', zh: '价格不能再低。' },
  ACCOUNT_REQUIRED: { en: 'Sign in to collect points.', zh: '请登录后获取积分。' },
  REFERRAL_REQUIRED: { en: "This offer needs a friend's code.", zh: '该优惠需要好友推荐码。' },
  SELF_REFERRAL: { en: 'Nobody can refer themselves.', zh: '不能推荐自己。' },
  NOT_FIRST_ORDER: { en: 'This offer is for a first order.', zh: '该优惠仅限首单。' },
  REFERRER_LIMIT_REACHED: { en: 'This friend has been rewarded as often as possible.', zh: '该好友的推荐奖励已达上限。' },
} as const satisfies Record<string, LocalizedText>;
export type RejectionReason = keyof typeof REJECTION_REASONS;

/**
 * What failed, as a field of the rule, the campaign or the cart, and the values where the engine has no better ones: no
 * rejection goes without both. Nothing here may tell a shopper a code, a segment or an experiment.
 */
export const FAILINGS: Record<
  RejectionReason,
  { readonly what: string; readonly required: number | string; readonly actual: number | string }
> = {
  KILLED: { what: 'isKilled', required: 'running', actual: 'stopped' },
  NOT_STARTED: { what: 'startsAt', required: 'started', actual: 'not started' },
  ENDED: { what: 'endsAt', required: 'running', actual: 'ended' },
  WRONG_CURRENCY: { what: 'currency', required: 'offered', actual: 'not offered' },
  NOT_IN_AUDIENCE: { what: 'audience', required: 'member', actual: 'other' },
  HELD_OUT: { what: 'holdout', required: 'treated', actual: 'held out' },
  GUEST_KEY_REQUIRED: { what: 'guestKey', required: 'given', actual: 'not given' },
  SHOPPER_REQUIRED: { what: 'shopper', required: 'known', actual: 'unknown' },
  CODE_REQUIRED: { what: 'code', required: 1, actual: 0 },
  USER_LIMIT_REACHED: { what: 'remainingUserUses', required: 1, actual: 0 },
  USES_EXHAUSTED: { what: 'remainingUses', required: 1, actual: 0 },
  BUDGET_EXHAUSTED: { what: 'remainingBudgetMinor', required: 1, actual: 0 },
  CONDITION_NOT_MET: { what: 'condition', required: 'met', actual: 'not met' },
  CANNOT_COMBINE: { what: 'exclusive', required: 'alone', actual: 'beside another' },
  GROUP_TAKEN: { what: 'group', required: 'first of its group', actual: 'later' },
  NOT_BEST_IN_GROUP: { what: 'group', required: 'best of its group', actual: 'other' },
  GROUPS_APART: { what: 'separateGroups', required: 'alone', actual: 'beside another' },
  NOTHING_IN_SCOPE: { what: 'scope', required: 1, actual: 0 },
  BELOW_THRESHOLD: { what: 'minimumSpend', required: 1, actual: 0 },
  TOO_FEW_UNITS: { what: 'quantity', required: 1, actual: 0 },
  COST_UNKNOWN: { what: 'cost', required: 'known', actual: 'unknown' },
  GIFT_OUT_OF_STOCK: { what: 'giftStock', required: 1, actual: 0 },
  UNITS_EXHAUSTED: { what: 'remainingUnits', required: 1, actual: 0 },
  LAUNCHED: { what: 'launchesAt', required: 'before the launch', actual: 'after the launch' },
  NO_SHIPPING_TO_PAY: { what: 'shippingMinor', required: 1, actual: 0 },
  NO_SAVING: { what: 'amountMinor', required: 1, actual: 0 },
  DEPTH_REACHED: { what: 'maxDepthBasisPoints', required: 1, actual: 0 },
  CAP_REACHED: { what: 'cap', required: 1, actual: 0 },
  BELOW_FLOOR: { what: 'floor', required: 1, actual: 0 },
  ACCOUNT_REQUIRED: { what: 'userId', required: 'known', actual: 'guest' },
  REFERRAL_REQUIRED: { what: 'referralCode', required: 1, actual: 0 },
  SELF_REFERRAL: { what: 'referralCode', required: 'of another', actual: 'own' },
  NOT_FIRST_ORDER: { what: 'orders', required: 'none before', actual: 'some before' },
  REFERRER_LIMIT_REACHED: { what: 'maxPerReferrer', required: 1, actual: 0 },
};

/** For a code that no live promotion answers to. */
export const UNKNOWN_CODE: LocalizedText = { en: 'There is no such code, or it is not valid any more.', zh: '该优惠码不存在或已失效。' };

/** Reasons whose values tell of our costs and budgets; a shopper reads the reason alone. */
export const hasPrivateValues = (reason: RejectionReason): boolean => PRIVATE_VALUES.has(reason);

const PRIVATE_VALUES: ReadonlySet<RejectionReason> = new Set([
  'BELOW_FLOOR',
  'BUDGET_EXHAUSTED',
  'DEPTH_REACHED',
  'CAP_REACHED',
  // What a campaign gives includes what its gifts cost us.
  'NOT_BEST_IN_GROUP',
]);

/** They tell of experiments, segments, a shopper's history or another person. */
const PRIVATE_REASONS: ReadonlySet<RejectionReason> = new Set([
  'HELD_OUT',
  'NOT_IN_AUDIENCE',
  'SELF_REFERRAL',
  'NOT_FIRST_ORDER',
  'REFERRER_LIMIT_REACHED',
]);

/** What a shopper may hear: who is held out, or outside an audience, must not learn of the experiment or the segments; nor may a browser of what is known of them. */
export function publicReason({
  reason,
  message,
  condition,
}: {
  reason: RejectionReason;
  message: LocalizedText;
  condition?: ConditionFailure;
}): {
  reason: RejectionReason | 'NOT_AVAILABLE';
  message: LocalizedText;
} {
  const isPrivate = PRIVATE_REASONS.has(reason) || (condition !== undefined && isPersonalCondition(condition.kind));
  return isPrivate ? { reason: 'NOT_AVAILABLE', message: REJECTION_REASONS.HELD_OUT } : { reason, message };
}
