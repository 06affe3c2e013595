/**
 * Purchase lines that may still be returned, per customer and product, newest first. Numbers only, in growing typed
 * arrays, so that half a million lines cost some 30 MB.
 */
export class OpenPurchases {
  private readonly newest = new Map<number, number>();
  private readonly customers = new Map<string, number>();
  private readonly products = new Map<string, number>();
  private readonly orders: string[] = [];
  private previous = new Int32Array(1_024);
  private order = new Int32Array(1_024);
  private pieces = new Int32Array(1_024);
  private priceMinor = new Int32Array(1_024);
  private count = 0;

  add(customer: string, sku: string, order: string, quantity: number, unitPriceMinor: number): void {
    if (this.count === this.order.length) this.grow();
    if (this.orders.at(-1) !== order) this.orders.push(order);
    const key = this.key(customer, sku);
    const at = this.count;
    this.count += 1;
    this.previous[at] = this.newest.get(key) ?? -1;
    this.order[at] = this.orders.length - 1;
    this.pieces[at] = quantity;
    this.priceMinor[at] = unitPriceMinor;
    this.newest.set(key, at);
  }

  /** Takes the pieces back from the newest purchase at the same price with enough left, else from the newest with enough left. */
  takeBack(customer: string, sku: string, quantity: number, unitPriceMinor: number): string | null {
    let found = -1;
    for (let at = this.newest.get(this.key(customer, sku)) ?? -1; at >= 0; at = this.previous[at] ?? -1) {
      if ((this.pieces[at] ?? 0) < quantity) continue;
      if (found < 0) found = at;
      if (this.priceMinor[at] !== unitPriceMinor) continue;
      found = at;
      break;
    }
    if (found < 0) return null;
    this.pieces[found] = (this.pieces[found] ?? 0) - quantity;
    return this.orders[this.order[found] ?? -1] ?? null;
  }

  private key(customer: string, sku: string): number {
    return numberOf(this.customers, customer) * 2 ** 24 + numberOf(this.products, sku);
  }

  private grow(): void {
    const wider = (old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const next = new Int32Array(old.length * 2);
      next.set(old);
      return next;
    };
    this.previous = wider(this.previous);
    this.order = wider(this.order);
    this.pieces = wider(this.pieces);
    this.priceMinor = wider(this.priceMinor);
  }
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, numbers.size);
  return numbers.size - 1;
}
