import {
  checkGuardrails,
  falseReductions,
  type GuardrailCheck,
  type GuardrailReport,
  priceLawCheck,
  ruleScope,
  type ShopSettings,
} from '@promolift/domain';
import type { Effect } from './estimate-effect.ts';
import type { Offer } from './effect-basis.ts';
import type { PictureProduct } from './products.ts';
import { scopeView } from './scope-view.ts';
import type { ShopPicture } from './shop-picture.ts';

/** What the offer may not do, with the units its products are expected to sell in the window. */
export function offerGuardrails(
  picture: ShopPicture,
  offer: Offer,
  effect: Pick<Effect, 'discountCostMinor' | 'units' | 'audienceSize'>,
  budgetMinor: number,
): GuardrailReport {
  const { rule, days } = offer;
  const covered = scopeView(picture, ruleScope(rule)).products;
  const baseline = covered.reduce((sum, product) => sum + expectedIn(product.expected, days), 0);
  const rise = baseline > 0 ? 1 + Math.max(0, effect.units.mean) / baseline : 1;
  const report = checkGuardrails({
    rules: [rule],
    currency: picture.settings.currency,
    budgetMinor,
    expectedCostMinor: Math.ceil(effect.discountCostMinor.high),
    audienceSize: effect.audienceSize,
    windowDays: days,
    settings: picture.settings,
    products: covered.map((product) => ({
      sku: product.sku,
      categoryKeys: product.categoryKeys,
      priceMinor: product.priceMinor,
      costMinor: product.costMinor,
      // A product that is sold out today is restocked or not with and without the promotion.
      stock: product.stock === 0 ? null : product.stock,
      expectedUnits: expectedIn(product.expected, days) * rise,
    })),
  });
  const law = lawCheck(picture, offer, covered);
  return law === null
    ? report
    : { passed: report.passed && law.passed, checks: law.passed ? [...report.checks, law] : [law, ...report.checks] };
}

/** Where the shop refuses false reductions, none is proposed: the offer could not be approved. Null where it does not refuse. */
export function lawCheck(
  {
    priceHistories,
    settings,
    now,
  }: Pick<ShopPicture, 'priceHistories' | 'now'> & { settings: Pick<ShopSettings, 'currency' | 'announcesNewProducts'> },
  offer: Pick<Offer, 'rule' | 'segmentKeys'>,
  covered: readonly Pick<PictureProduct, 'id' | 'sku' | 'name' | 'categoryKeys' | 'priceMinor'>[],
): GuardrailCheck | null {
  if (priceHistories === null) return null;
  const campaign = { audience: { segmentKeys: offer.segmentKeys }, promotions: [{ rule: offer.rule }] };
  const { currency } = settings;
  const judged = covered.map((product) => ({ ...product, history: priceHistories({ id: product.id, currency }) }));
  return priceLawCheck(falseReductions(campaign, judged, now, settings));
}

const expectedIn = (expected: Float64Array, days: number): number => expected.slice(0, Math.ceil(days)).reduce((a, b) => a + b, 0);

/** The budget that covers nine outcomes in ten with a quarter to spare, in two figures. */
export function budgetFor(costHighMinor: number): number {
  const wanted = Math.max(100, 1.25 * costHighMinor);
  const step = 10 ** Math.max(0, Math.floor(Math.log10(wanted)) - 1);
  return Math.ceil(wanted / step) * step;
}
