import type { LocalizedText } from '../shared/text.ts';

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
  USER_LIMIT_REACHED: { en: 'You have used this offer already.', zh: '您已使用过该优惠。' },
  USES_EXHAUSTED: { en: 'This offer is used up.', zh: '该优惠已领完。' },
  BUDGET_EXHAUSTED: { en: 'This offer is used up.', zh: '该优惠已用完。' },
  CANNOT_COMBINE: { en: 'This offer cannot be combined with another.', zh: '该优惠不可与其他优惠同享。' },
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
  BELOW_FLOOR: { en: 'The price cannot go lower.', zh: '价格不能再低。' },
} as const satisfies Record<string, LocalizedText>;
export type RejectionReason = keyof typeof REJECTION_REASONS;

/** For a code that no live promotion answers to. */
export const UNKNOWN_CODE: LocalizedText = { en: 'There is no such code, or it is not valid any more.', zh: '该优惠码不存在或已失效。' };

/** What a shopper may hear: who is held out, or outside an audience, must not learn of the experiment or the segments. */
export function publicReason(reason: RejectionReason): { reason: RejectionReason | 'NOT_AVAILABLE'; message: LocalizedText } {
  const isPrivate = reason === 'HELD_OUT' || reason === 'NOT_IN_AUDIENCE';
  return isPrivate ? { reason: 'NOT_AVAILABLE', message: REJECTION_REASONS.HELD_OUT } : { reason, message: REJECTION_REASONS[reason] };
}
