import { expect, test } from 'vitest';
import { hasPrivateValues } from './rejection-reason.ts';
import { aCart, aContext, aLine, ALL, aPromotion, evaluate, percent } from './test-carts.ts';

test.each(['best_for_shopper', 'best_for_margin'] as const)('what a gift costs us is no value for a browser: %s', (mode) => {
  const costMinor = 437;
  const gift = { kind: 'free_gift', giftSku: 'G', giftQuantity: 1, minimumSpend: { EUR: 100 }, scope: ALL } as const;
  const promotions = [
    aPromotion('gift', gift, { group: 'g', gifts: [{ sku: 'G', name: 'Gift', stock: 9, costMinor }] }),
    aPromotion('less', percent(100), { group: 'g' }),
    aPromotion('more', percent(6_000), { group: 'g' }),
  ];
  const context = aContext({ settings: { promotionGroups: [{ key: 'g', mode }] } });
  const telling = evaluate(aCart([aLine('a')]), promotions, context).rejected.filter(
    ({ required, actual }) => required === costMinor || actual === costMinor,
  );
  expect(telling.map(({ reason }) => reason)).toContain('NOT_BEST_IN_GROUP');
  for (const { reason } of telling) expect([reason, hasPrivateValues(reason)]).toEqual([reason, true]);
});
