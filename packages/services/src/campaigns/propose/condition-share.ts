import {
  type CampaignContent,
  type Condition,
  CONDITION_KINDS,
  type ConditionFacts,
  type EffectBasis,
  factNeedsOf,
  isInScope,
  type LocalizedText,
  type OrderHistory,
  ruleScope,
  testCondition,
} from '@promolift/domain';
import type { Deps } from '../../shared/deps.ts';
import { codesOf } from './backtest.ts';
import type { Cart } from './carts.ts';
import { percent } from './occasions/idea.ts';
import type { ShopPicture } from './shop-picture.ts';

/**
 * `share`: of `carts` past carts, those that meet the condition or of which past orders do not tell; `unknownKinds`: conditions that
 * they do not tell of. What stays unknown of guests when it is served, too, is not met.
 */
export type ConditionShare = { share: number; carts: number; unknownKinds: string[] };

const MOST_CARTS = 3_000;
type Facts = { channel: string | null; country: string | null; history: OrderHistory | null };

/** How many past carts of the audience meet the condition of the promotion that the estimate is of; null where it has none. */
export async function conditionShare(
  { sql }: Pick<Deps, 'sql'>,
  picture: ShopPicture,
  content: CampaignContent,
): Promise<ConditionShare | null> {
  const promotion = content.promotions[0];
  const condition = promotion?.condition;
  if (!promotion || !condition) return null;
  const { segmentKeys } = content.audience;
  const scope = ruleScope(promotion.rule);
  const carts = picture.carts
    .filter((cart) => segmentKeys === 'all' || cart.segmentKeys.some((key) => segmentKeys.includes(key)))
    .filter((cart) => cart.lines.some(({ product }) => isInScope(scope, product)))
    .slice(0, MOST_CARTS);
  const facts = await pastFacts({ sql }, picture.settings.currency, condition, carts);
  const codes = new Set(codesOf(content));
  const verdicts = carts.map((cart) => {
    const { holds, leaf } = testCondition(condition, factsOf(cart, facts.get(cart.orderId), codes, content, picture));
    return { holds: holds === null && cart.userId === null && needsAccount(leaf) ? false : holds, kind: leaf.kind };
  });
  const unknownKinds = new Set(verdicts.flatMap(({ holds, kind }) => (holds === null ? [kind] : [])));
  return {
    share: carts.length === 0 ? 1 : verdicts.filter(({ holds }) => holds !== false).length / carts.length,
    carts: carts.length,
    unknownKinds: [...unknownKinds].sort(),
  };
}

const needsAccount = (leaf: Condition): boolean => {
  const { isHistoryNeeded, birthdayWindowsDays } = factNeedsOf([leaf]);
  return isHistoryNeeded || birthdayWindowsDays.length > 0;
};

/** The basis with the share of demand, near carts and orders that the condition leaves. */
export function narrowed(basis: EffectBasis, found: ConditionShare | null): EffectBasis {
  if (!found) return basis;
  const { share } = found;
  const { threshold, traffic } = basis;
  return {
    ...basis,
    parts: basis.parts.map((part) => ({ ...part, unitsPerDay: part.unitsPerDay * share })),
    threshold: threshold && { ...threshold, nearCartsPerDay: threshold.nearCartsPerDay * share },
    traffic: traffic && {
      ...traffic,
      ordersPerDay: traffic.ordersPerDay * share,
      missingPerDay: Object.fromEntries(Object.entries(traffic.missingPerDay).map(([key, perDay]) => [key, perDay * share])),
      missingOfAllPerDay: traffic.missingOfAllPerDay === null ? null : traffic.missingOfAllPerDay * share,
    },
  };
}

/** What the evidence says of the condition. */
export function conditionLines(found: ConditionShare | null): LocalizedText[] {
  if (!found) return [];
  const names = (locale: 'en' | 'zh') =>
    found.unknownKinds
      .map((kind) => CONDITION_KINDS.find((known) => known.kind === kind)?.name[locale] ?? kind)
      .join(locale === 'en' ? ', ' : '、');
  return [
    ...(found.share < 1 || (found.carts > 0 && found.unknownKinds.length === 0)
      ? [
          {
            en: `${percent(found.share)} of ${found.carts} past carts meet the condition, as far as they tell; the estimate is that share of what it would be without.`,
            zh: `就历史数据所知，${found.carts} 个历史购物车中有 ${percent(found.share)} 满足条件；估计按此比例缩减。`,
          },
        ]
      : []),
    ...(found.unknownKinds.length > 0
      ? [
          {
            en: `Past orders do not tell: ${names('en')}. The estimate does not count on it, so it may be too high.`,
            zh: `历史订单无法说明：${names('zh')}。估计未计入，可能偏高。`,
          },
        ]
      : []),
  ];
}

function factsOf(
  cart: Cart,
  facts: Facts | undefined,
  codes: ReadonlySet<string>,
  content: CampaignContent,
  { settings }: ShopPicture,
): ConditionFacts {
  const lines = cart.lines.map(({ product, quantity, unitPriceMinor }, index) => ({
    index,
    id: String(index + 1),
    sku: product.sku,
    quantity,
    unitPriceMinor,
    categoryKeys: product.categoryKeys,
    stock: null,
    currentMinor: quantity * unitPriceMinor,
    percentBaseMinor: quantity * unitPriceMinor,
    isDiscountable: product.costMinor !== null,
  }));
  const { channel = null, country = null, history = null } = facts ?? {};
  return {
    cart: { lines, currency: settings.currency, codes, channel, country, paymentMethod: null },
    shopper: { segmentKeys: cart.segmentKeys, history, withinDaysOfBirthday: null },
    now: cart.at,
    timeZone: content.schedule.timeZone,
  };
}

type FactRow = {
  id: string;
  channel: string | null;
  country: string | null;
  orders: number | null;
  value_minor: number;
  by_window: Record<string, number> | null;
};

/** What was known of each order's shopper before it, as `shopperFacts` reads it of now; in one statement. */
async function pastFacts(
  { sql }: Pick<Deps, 'sql'>,
  currency: string,
  condition: Condition,
  carts: readonly Cart[],
): Promise<Map<string, Facts>> {
  const { isHistoryNeeded, windowsDays } = factNeedsOf([condition]);
  const { rows } = await sql.query<FactRow>(
    `select o.id, o.channel, o.country, case when o.user_id is not null then h.orders end orders, h.value_minor - r.refund_minor value_minor, w.by_window
     from orders o
     cross join lateral (select count(*)::int orders, coalesce(sum(p.total_minor) filter (where p.currency = $2), 0)::bigint value_minor
       from orders p where $3 and p.user_id = o.user_id and p.status = 'placed' and p.placed_at < o.placed_at) h
     cross join lateral (select coalesce(sum(b.refund_minor), 0)::bigint refund_minor from returns b join orders p on p.id = b.order_id and p.status = 'placed'
       where $3 and p.user_id = o.user_id and b.currency = $2 and b.returned_at < o.placed_at) r
     cross join lateral (select jsonb_object_agg(days, (select count(*) from orders p where $3 and p.user_id = o.user_id and p.status = 'placed'
       and p.placed_at > o.placed_at - days * interval '24 hours' and p.placed_at < o.placed_at)) by_window from unnest($4::int[]) days) w
     where o.id = any($1::uuid[])`,
    [carts.map(({ orderId }) => orderId), currency, isHistoryNeeded, windowsDays],
  );
  return new Map(
    rows.map(({ id, channel, country, orders, value_minor, by_window }) => [
      id,
      {
        channel,
        country,
        history:
          isHistoryNeeded && orders !== null
            ? { orders, ordersByWindowDays: by_window ?? {}, lifetimeValueMinor: value_minor, currency }
            : null,
      },
    ]),
  );
}
