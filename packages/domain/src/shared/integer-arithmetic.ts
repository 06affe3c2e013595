/** floor(a × b / c) and the rest, exact for any safe integers a ≥ 0, b ≥ 0, c > 0. */
export function multiplyDivide(a: number, b: number, c: number): { quotient: number; remainder: number } {
  const product = a * b;
  if (Number.isSafeInteger(product)) return { quotient: Math.floor(product / c), remainder: product % c };
  const exact = BigInt(a) * BigInt(b);
  const divisor = BigInt(c);
  return { quotient: Number(exact / divisor), remainder: Number(exact % divisor) };
}

/** a × b / c rounded up, exact for any safe integers a ≥ 0, b ≥ 0, c > 0: for limits, which rounding must not soften. */
export function multiplyDivideUp(a: number, b: number, c: number): number {
  const { quotient, remainder } = multiplyDivide(a, b, c);
  return remainder === 0 ? quotient : quotient + 1;
}

/** Throws RangeError unless `value` is a safe integer ≥ 0. */
export function requireWhole(value: number, name: string): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${name} must be a whole number of at least 0, got ${value}`);
}
