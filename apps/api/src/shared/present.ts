/** For a row that a foreign key or an append-only table promises; its absence is a fault of ours. */
export function present<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw new Error(`A ${what} that must exist is missing.`);
  return value;
}
