import type { Cart } from '../../src/promotions/cart.ts';
import type { LivePromotion } from '../../src/promotions/live-promotion.ts';
import { type Peer, readRule } from './peer.ts';

type Made = Record<string, unknown>;
type Action = { action: string; amount?: number };
type ComputeActions = (codes: readonly string[], context: Made, options: Made, shared: Made) => Promise<Action[]>;

/**
 * Medusa's own computeActions, in process and without its server or database. What the database would answer is answered from
 * memory: the promotions with a typed code and the automatic ones whose own rules the shopper meets (its prefilter).
 */
export function medusaPeer(load: NodeJS.Require): Peer {
  const { default: Service } = load('@medusajs/promotion/dist/services/promotion-module.js') as {
    default: { prototype: { computeActions: ComputeActions } };
  };
  return {
    name: 'Medusa computeActions',
    prepare(promotions) {
      const own = promotions.map(promotionOf);
      const byCode = new Map(own.map((promotion) => [promotion.code, promotion]));
      const automatic = own
        .filter((promotion) => promotion.is_automatic)
        .sort((a, b) => b.application_method.value - a.application_method.value);
      return async (cart, { user }) => {
        const typed = cart.codes.flatMap((code) => byCode.get(code) ?? []);
        const met = automatic.filter(
          ({ rules }) => rules.length === 0 || rules[0]?.values.some(({ value }) => user.segmentKeys.includes(value)),
        );
        const found = [...typed, ...met];
        const service = Object.assign(Object.create(Service.prototype) as { computeActions: ComputeActions }, {
          baseRepository_: { getFreshManager: () => ({}), getActiveManager: () => ({}) },
          listActivePromotions_: async () => found.slice(),
          promotionService_: { list: async () => found },
        });
        const actions = await service.computeActions(cart.codes, contextOf(cart, user.segmentKeys), {}, SHARED);
        return actions.reduce((sum, { action, amount }) => (action === 'addItemAdjustment' ? sum + Number(amount ?? 0) : sum), 0);
      };
    },
  };
}

const SHARED = { transactionManager: {}, manager: {}, __type: 'MedusaContext' };

const contextOf = (cart: Cart, segmentKeys: readonly string[]): Made => ({
  currency_code: 'eur',
  item_total: cart.lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0),
  customer: { groups: segmentKeys.map((id) => ({ id })) },
  items: cart.lines.map(({ id, sku, quantity, unitPriceMinor, categoryKeys }) => ({
    id,
    quantity,
    subtotal: unitPriceMinor * quantity,
    original_total: unitPriceMinor * quantity,
    is_discountable: true,
    product: { id: sku, categories: categoryKeys.map((key) => ({ id: key })) },
  })),
  shipping_methods: [],
});

type Rule = { attribute: string; operator: 'in' | 'gte'; values: { value: string }[] };
const rule = (attribute: string, values: readonly string[], operator: Rule['operator'] = 'in'): Rule => ({
  attribute,
  operator,
  values: values.map((value) => ({ value })),
});

function promotionOf(live: LivePromotion) {
  const read = readRule(live);
  const common = { type: 'percentage', value: read.basisPoints / 100, currency_code: 'eur' };
  const onOrder = { ...common, target_type: 'order', allocation: 'across', target_rules: [] as Rule[] };
  const base = { id: live.promotionId, type: 'standard', is_tax_inclusive: false, campaign: null };
  if (read.kind === 'coupon') return { ...base, code: read.code, is_automatic: false, rules: [] as Rule[], application_method: onOrder };
  const code = live.promotionId;
  if (read.kind === 'spend') {
    const segments = live.audience.kind === 'segments' ? live.audience.segmentKeys : [];
    return {
      ...base,
      code,
      is_automatic: true,
      rules: [rule('customer.groups.id', segments), rule('item_total', [String(read.spendMinor)], 'gte')],
      application_method: onOrder,
    };
  }
  const { scope } = read;
  const target =
    scope.kind === 'skus'
      ? rule('items.product.id', scope.skus)
      : rule('items.product.categories.id', scope.kind === 'categories' ? scope.categoryKeys : []);
  const onItems = { ...common, target_type: 'items', allocation: 'each', max_quantity: 1_000, target_rules: [target] };
  return { ...base, code, is_automatic: true, rules: [] as Rule[], application_method: onItems };
}
