/** The numbers of a JSON object as name and value; nested objects are named with a point. */
export function numbersOf(json: unknown, prefix = ''): (readonly [name: string, value: number])[] {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return [];
  return Object.entries(json).flatMap(([key, value]) =>
    typeof value === 'number' ? [[`${prefix}${key}`, value] as const] : numbersOf(value, `${prefix}${key}.`),
  );
}
