import type { Cart } from '../../src/promotions/cart.ts';
import type { LivePromotion } from '../../src/promotions/live-promotion.ts';
import { products } from '../scale-shop.ts';
import { type Peer, readRule } from './peer.ts';

type Made = Record<string, unknown>;
type New<T> = new (input: Made) => T;
type Order = { lines: Made[]; subTotal: number };
type Calculator = {
  applyPriceAdjustments(
    context: Made,
    order: Order,
    promotions: readonly Made[],
    changed: readonly Made[],
    options: Made,
  ): Promise<unknown>;
};
const DIST = '@vendure/core/dist';

/** Vendure's own OrderCalculator, promotions, conditions and actions, in process and without its server or database; no taxes. */
export function vendurePeer(load: NodeJS.Require): Peer {
  load('reflect-metadata');
  const { defaultConfig, PromotionCondition, LanguageCode } = load('@vendure/core') as {
    defaultConfig: Record<'taxOptions' | 'orderOptions' | 'entityOptions', Made>;
    PromotionCondition: New<Made>;
    LanguageCode: { en: string };
  };
  const { Promotion } = load(`${DIST}/entity/promotion/promotion.entity.js`) as { Promotion: New<Made> };
  const { Order } = load(`${DIST}/entity/order/order.entity.js`) as { Order: New<Order> };
  const { OrderLine } = load(`${DIST}/entity/order-line/order-line.entity.js`) as { OrderLine: New<Made> };
  const folder = `${DIST}/config/promotion`;
  const parts = {
    ...(load(`${folder}/actions/product-percentage-discount-action.js`) as Made),
    ...(load(`${folder}/actions/order-percentage-discount-action.js`) as Made),
    ...(load(`${folder}/conditions/contains-products-condition.js`) as Made),
    ...(load(`${folder}/conditions/min-order-amount-condition.js`) as Made),
  };
  // Its own customer groups ask the database; a condition of the shop's own is what its documentation offers instead.
  const segment = new PromotionCondition({
    code: 'segment',
    args: { segments: { type: 'string', list: true } },
    description: [{ languageCode: LanguageCode.en, value: 'In a segment' }],
    check: ({ segmentKeys }: { segmentKeys: string[] }, _order: unknown, { segments }: { segments: string[] }) =>
      segments.some((key) => segmentKeys.includes(key)),
  });
  const zone = { id: 1 };
  const { OrderCalculator } = load(`${DIST}/service/helpers/order-calculator/order-calculator.js`) as {
    OrderCalculator: new (...services: unknown[]) => Calculator;
  };
  const { taxOptions, orderOptions, entityOptions } = defaultConfig;
  const calculator = new OrderCalculator(
    { taxOptions: { ...taxOptions, taxZoneStrategy: { determineTaxZone: () => zone } }, orderOptions, entityOptions },
    { getAllWithMembers: async () => [zone] },
    { getApplicableTaxRate: async () => ({ value: 0, apply: () => ({ taxRate: 0, description: '' }) }) },
    {},
    {},
    { get: (_context: unknown, _key: unknown, read: () => unknown) => read() },
  );
  const promotionOf = (live: LivePromotion, index: number): Made => {
    const { conditions, actions, couponCode } = operationsOf(live);
    const named = (code: string): unknown => (code === 'segment' ? segment : parts[NAMES[code] ?? '']);
    return new Promotion({
      id: index + 1,
      name: live.promotionId,
      translations: [],
      couponCode,
      promotionConditions: conditions.map(({ code }) => named(code)),
      promotionActions: actions.map(({ code }) => named(code)),
      conditions,
      actions,
      priorityScore: 0,
    });
  };
  const orderOf = (cart: Cart): Order => {
    const order = new Order({
      id: 1,
      lines: [],
      couponCodes: cart.codes,
      shippingLines: [],
      surcharges: [],
      modifications: [],
      currencyCode: 'EUR',
    });
    order.lines = cart.lines.map(({ sku, quantity, unitPriceMinor }, index) => {
      const priced = { id: index + 1, quantity, listPrice: unitPriceMinor, listPriceIncludesTax: false };
      const line = new OrderLine({ ...priced, productVariant: { id: sku }, adjustments: [], taxLines: [], orderPlacedQuantity: 0 });
      line['order'] = order;
      return line;
    });
    return order;
  };
  return {
    name: 'Vendure OrderCalculator',
    prepare(promotions) {
      const own = promotions.map(promotionOf);
      return async (cart, { user }) => {
        const order = orderOf(cart);
        const context = { channel: { pricesIncludeTax: false }, channelId: 1, segmentKeys: user.segmentKeys };
        await calculator.applyPriceAdjustments(context, order, own, [], { recalculateShipping: false });
        return cart.lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0) - order.subTotal;
      };
    },
  };
}

type Operation = { code: string; args: { name: string; value: string }[] };
const NAMES: Record<string, string> = {
  products_percentage_discount: 'productsPercentageDiscount',
  order_percentage_discount: 'orderPercentageDiscount',
  contains_products: 'containsProducts',
  minimum_order_amount: 'minimumOrderAmount',
};
const operation = (code: string, args: Record<string, string>): Operation => ({
  code,
  args: Object.entries(args).map(([name, value]) => ({ name, value })),
});

/** A category is the list of its products. */
function operationsOf(live: LivePromotion): { conditions: Operation[]; actions: Operation[]; couponCode: string } {
  const read = readRule(live);
  const discount = String(read.basisPoints / 100);
  const onOrder = [operation('order_percentage_discount', { discount })];
  if (read.kind === 'coupon') return { conditions: [], actions: onOrder, couponCode: read.code };
  if (read.kind === 'spend') {
    const segments = live.audience.kind === 'segments' ? live.audience.segmentKeys : [];
    const conditions = [
      operation('minimum_order_amount', { amount: String(read.spendMinor), taxInclusive: 'false' }),
      operation('segment', { segments: JSON.stringify(segments) }),
    ];
    return { conditions, actions: onOrder, couponCode: '' };
  }
  const { scope } = read;
  const skus =
    scope.kind === 'skus'
      ? scope.skus
      : products.flatMap(({ sku, category }) => (scope.kind === 'categories' && scope.categoryKeys.includes(category) ? [sku] : []));
  const productVariantIds = JSON.stringify(skus);
  return {
    conditions: [operation('contains_products', { minimum: '1', productVariantIds })],
    actions: [operation('products_percentage_discount', { discount, productVariantIds })],
    couponCode: '',
  };
}
