/** floor(a × b / c) and the rest, exact for any safe integers a ≥ 0, b ≥ 0, c > 0. */
export function multiplyDivide(a: number, b: number, c: number): { quotient: number; remainder: number } {
  const product = a * b;
  if (Number.isSafeInteger(product)) return { quotient: Math.floor(product / c), remainder: product % c };
  const exact = BigInt(a) * BigInt(b);
  const divisor = BigInt(c);
  return { quotient: Number(exact / divisor), remainder: Number(exact % divisor) };
}

/** Throws RangeError unless `value` is a safe integer ≥ 0. */
export function requireWhole(value: number, name: string): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${name} must be a whole number of at least 0, got ${value}`);
}
