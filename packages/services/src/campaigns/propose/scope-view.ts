import { isInScope, type Scope } from '@promolift/domain';
import { type Cart, cartWorthMinor } from './carts.ts';
import type { PictureProduct } from './products.ts';
import type { ShopPicture } from './shop-picture.ts';

/** What a scope touches in a picture: every offer for the same products asks for it, whatever its kind, depth or audience. */
export type ScopeView = {
  products: readonly PictureProduct[];
  /** The part of each of the picture's carts that is in scope, minor units, in the order of `picture.carts`. */
  cartsMinor: Float64Array;
};

/** What no offer changes, by cart and by category. */
export type ShopView = {
  cartsMinor: Float64Array;
  /** Of goods whose cost is known; discounts of then are taken off. */
  cartMarginsMinor: Float64Array;
  byCategory: ReadonlyMap<string, readonly PictureProduct[]>;
};

/** Computes a value once for each picture and key; it goes with the picture, which never changes after it was read. */
export function keptFor<T>(make: (picture: ShopPicture, key: string) => T): (picture: ShopPicture, key: string) => T {
  const kept = new WeakMap<ShopPicture, Map<string, T>>();
  return (picture, key) => {
    const ofPicture = kept.get(picture) ?? new Map<string, T>();
    kept.set(picture, ofPicture);
    const known = ofPicture.get(key);
    if (known !== undefined) return known;
    const made = make(picture, key);
    ofPicture.set(key, made);
    return made;
  };
}

const viewOf = keptFor((picture, key): ScopeView => {
  const scope: Scope = JSON.parse(key);
  const isInside = Uint8Array.from(picture.products, (product) => (isInScope(scope, product) ? 1 : 0));
  return {
    products: picture.products.filter(({ index }) => isInside[index] === 1),
    cartsMinor: Float64Array.from(picture.carts, ({ lines }) =>
      lines.reduce((sum, line) => (isInside[line.product.index] === 1 ? sum + line.unitPriceMinor * line.quantity : sum), 0),
    ),
  };
});

export const scopeView = (picture: ShopPicture, scope: Scope): ScopeView => viewOf(picture, JSON.stringify(scope));

const shop = keptFor(
  (picture): ShopView => ({
    cartsMinor: Float64Array.from(picture.carts, cartWorthMinor),
    cartMarginsMinor: Float64Array.from(picture.carts, marginMinor),
    byCategory: Map.groupBy(picture.products, ({ categoryKey }) => categoryKey),
  }),
);

export const shopView = (picture: ShopPicture): ShopView => shop(picture, '');

const marginMinor = (cart: Cart): number =>
  cart.lines.reduce(
    (sum, { product, quantity, unitPriceMinor, discountMinor }) =>
      product.costMinor === null ? sum : sum + quantity * (unitPriceMinor - product.costMinor) - discountMinor,
    0,
  );

const audience = keptFor((picture, key): Int32Array => {
  const segmentKeys: 'all' | string[] = JSON.parse(key);
  return Int32Array.from(picture.carts.keys()).filter(
    (at) => segmentKeys === 'all' || picture.carts[at]?.segmentKeys.some((each) => segmentKeys.includes(each)),
  );
});

/** Where in `picture.carts` the carts of an audience are. */
export const audienceCarts = (picture: ShopPicture, segmentKeys: 'all' | readonly string[]): Int32Array =>
  audience(picture, JSON.stringify(segmentKeys));
