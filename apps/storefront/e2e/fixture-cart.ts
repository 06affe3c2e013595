import { DISCLOSURE, notice, PRODUCTS, shopMoney } from './fixture-shop.ts';

type CartRequest = { lines: { sku: string; quantity: number }[]; codes?: string[]; shippingMinor?: number };
const SNACKS_FROM_MINOR = 1_000;
const both = (en: string, zh: string) => ({ en, zh });
const named = (promotionId: string, kind: string, message: { en: string; zh: string }) => ({
  promotionId,
  campaignId: `c-${promotionId}`,
  kind,
  message,
});

/** 10 % off snacks from 10 euro of them, 2 euro off with WELCOME2, free shipping and a gift from 40 euro. */
export function evaluateFixtureCart({ lines, codes = [], shippingMinor = 0 }: CartRequest) {
  const priced = lines.flatMap(({ sku, quantity }, index) => {
    const product = PRODUCTS.find((known) => known.sku === sku);
    return product ? [{ lineId: String(index + 1), product, quantity, originalMinor: product.price.amountMinor * quantity }] : [];
  });
  const subtotalMinor = priced.reduce((sum, line) => sum + line.originalMinor, 0);
  const snacksMinor = priced.filter(({ product }) => product.category?.key === 'snacks').reduce((sum, line) => sum + line.originalMinor, 0);
  const isSnackDeal = snacksMinor >= SNACKS_FROM_MINOR;
  const isCoded = codes.includes('WELCOME2') && subtotalMinor >= 500;
  const isBig = subtotalMinor >= 4_000;
  const cut = (key: string | undefined, originalMinor: number) => (isSnackDeal && key === 'snacks' ? Math.floor(originalMinor / 10) : 0);
  const evaluated = priced.map(({ lineId, product, quantity, originalMinor }, index) => {
    const parts = [
      { id: 'snacks', minor: cut(product.category?.key, originalMinor) },
      { id: 'welcome', minor: isCoded && index === 0 ? Math.min(200, originalMinor) : 0 },
    ].filter(({ minor }) => minor > 0);
    const discountMinor = parts.reduce((sum, { minor }) => sum + minor, 0);
    return {
      lineId,
      product,
      quantity,
      isGift: false,
      unitPrice: product.price,
      original: shopMoney(originalMinor),
      discount: shopMoney(discountMinor),
      final: shopMoney(originalMinor - discountMinor),
      giftChoices: [],
      priceNotice: notice(
        product.price.amountMinor,
        discountMinor > 0
          ? {
              mayAnnounceReduction: true,
              announcedReductionBasisPoints: Math.floor((discountMinor * 10_000) / originalMinor),
              reason: null,
              validFrom: '2026-12-01T00:00:00Z',
              validUntil: '2026-12-24T00:00:00Z',
              isPersonalised: true,
              disclosure: DISCLOSURE,
            }
          : {},
      ),
      discounts: parts.map(({ id, minor }) => ({ promotionId: id, campaignId: `c-${id}`, amount: shopMoney(minor) })),
    };
  });
  const sumOf = (id: string) =>
    evaluated
      .flatMap(({ discounts }) => discounts)
      .filter(({ promotionId }) => promotionId === id)
      .reduce((sum, { amount }) => sum + amount.amountMinor, 0);
  const discountMinor = sumOf('snacks') + sumOf('welcome');
  const gift = PRODUCTS[1];
  const shippedMinor = isBig ? 0 : shippingMinor;
  const code = named(
    'welcome',
    'code_coupon',
    isCoded
      ? both('€2.00 off with WELCOME2', '使用 WELCOME2 立减 €2.00')
      : codes.includes('WELCOME2')
        ? both('The cart is below the minimum of this offer.', '未达到该优惠的最低消费。')
        : both('This offer needs a code.', '该优惠需要优惠码。'),
  );
  return {
    decisionId: 'd1',
    isHeldOut: false,
    evaluatedAt: new Date().toISOString(),
    lines: [
      ...evaluated,
      ...(isBig && gift
        ? [
            {
              lineId: 'gift',
              product: gift,
              quantity: 1,
              isGift: true,
              unitPrice: shopMoney(0),
              original: shopMoney(0),
              discount: shopMoney(0),
              final: shopMoney(0),
              discounts: [],
              giftChoices: [],
              priceNotice: null,
            },
          ]
        : []),
    ],
    subtotal: shopMoney(subtotalMinor),
    discount: shopMoney(discountMinor),
    shipping: shopMoney(shippedMinor),
    total: shopMoney(subtotalMinor - discountMinor + shippedMinor),
    applied: [
      ...(isSnackDeal
        ? [
            {
              ...named('snacks', 'spend_get_off', both('10% off snacks from €10.00', '零食满 €10.00 打九折')),
              code: null,
              amount: shopMoney(sumOf('snacks')),
            },
          ]
        : []),
      ...(isCoded ? [{ ...code, code: 'WELCOME2', amount: shopMoney(sumOf('welcome')) }] : []),
      ...(isBig
        ? [
            {
              ...named('gift', 'free_gift', both('A gift with carts from €40.00', '满 €40.00 送赠品')),
              code: null,
              amount: shopMoney(gift?.price.amountMinor ?? 0),
            },
          ]
        : []),
    ],
    rejected: isCoded
      ? []
      : [
          {
            ...code,
            reason: codes.includes('WELCOME2') ? 'BELOW_THRESHOLD' : 'CODE_REQUIRED',
            code: codes.includes('WELCOME2') ? 'WELCOME2' : null,
            required: null,
            actual: null,
          },
        ],
    codes: codes.map((typed) =>
      typed === 'WELCOME2'
        ? {
            code: typed,
            status: isCoded ? 'APPLIED' : 'REJECTED',
            promotionId: 'welcome',
            reason: isCoded ? null : 'BELOW_THRESHOLD',
            message: code.message,
          }
        : {
            code: typed,
            status: 'UNKNOWN',
            promotionId: null,
            reason: null,
            message: both('There is no such code, or it is not valid any more.', '该优惠码不存在或已失效。'),
          },
    ),
    nearMisses:
      snacksMinor > 0 && !isSnackDeal
        ? [
            {
              ...named(
                'snacks',
                'spend_get_off',
                both(
                  `€${((SNACKS_FROM_MINOR - snacksMinor) / 100).toFixed(2)} more of snacks for 10% off`,
                  `再买 €${((SNACKS_FROM_MINOR - snacksMinor) / 100).toFixed(2)} 的零食即享九折`,
                ),
              ),
              missing: shopMoney(SNACKS_FROM_MINOR - snacksMinor),
              missingQuantity: null,
              progress: snacksMinor / SNACKS_FROM_MINOR,
            },
          ]
        : [],
  };
}
