import type { Scope } from '@promolift/domain';
import type { ShopPicture } from '../shop-picture.ts';
import { type Idea, percent } from './idea.ts';

const FALLEN_SHARE = 0.75;
const SILENT_SHARE = 0.35;
const MOST_CATEGORIES = 3;

/** Segments that order less than they used to, or of which many have fallen silent. */
export function atRiskSegment({ segments, products, names }: ShopPicture): Idea[] {
  return segments.flatMap((segment): Idea[] => {
    const silentShare = segment.size > 0 ? segment.silentCount / segment.size : 0;
    const hasFallen = segment.usualOrders > 0.05 && segment.recentOrders < FALLEN_SHARE * segment.usualOrders;
    if (!hasFallen && silentShare < SILENT_SHARE) return [];
    const liked = [...segment.unitsByCategory]
      .filter(([key]) => key !== '')
      .sort((a, b) => b[1] - a[1])
      .slice(0, MOST_CATEGORIES)
      .map(([key]) => key);
    const scopes: Scope[] = [{ kind: 'all' }, ...liked.map((key): Scope => ({ kind: 'categories', categoryKeys: [key] }))];
    const likes = liked.map((key) => names.categories?.[key] ?? key).join(', ');
    return scopes.map(
      (scope): Idea => ({
        occasion: 'at_risk_segment',
        label: segment.name,
        scope,
        products: scope.kind === 'categories' ? products.filter(({ categoryKey }) => scope.categoryKeys.includes(categoryKey)) : products,
        kinds: ['coupon', 'percent_off', 'amount_off'],
        segment,
        gift: null,
        reasons: [
          hasFallen
            ? {
                en: `${segment.size.toLocaleString('en')} shoppers of "${segment.name.en}" ordered ${percent(1 - segment.recentOrders / segment.usualOrders)} less in the last four weeks than they used to.`,
                zh: `“${segment.name.zh}”共 ${segment.size} 人，近四周下单比以往少 ${percent(1 - segment.recentOrders / segment.usualOrders)}。`,
              }
            : {
                en: `${segment.silentCount.toLocaleString('en')} of ${segment.size.toLocaleString('en')} shoppers of "${segment.name.en}" have not ordered for four weeks.`,
                zh: `“${segment.name.zh}”的 ${segment.size} 人中有 ${segment.silentCount} 人四周未下单。`,
              },
          { en: `What they buy most: ${likes}.`, zh: `他们最常购买：${likes}。` },
        ],
      }),
    );
  });
}
