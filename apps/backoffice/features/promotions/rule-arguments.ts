import { z } from 'zod';

/** One argument of a promotion kind as the API describes it. */
const Argument = z.object({
  name: z.string(),
  label: z.object({ en: z.string(), zh: z.string() }),
  unit: z.enum(['basisPoints', 'amountMinor', 'amountPerCurrency', 'tiers', 'count', 'text', 'scope', 'sku', 'bundle', 'date']),
  isRequired: z.boolean(),
});
export type Argument = z.infer<typeof Argument>;
export const Arguments = z.array(Argument);

export interface ShopMoney {
  readonly currency: string;
  /** Minor units in one unit of the currency. */
  readonly minor: number;
}
const Stored = z.record(z.string(), z.unknown());
const Amounts = z.record(z.string(), z.number());
const Scope = z.object({ kind: z.string(), categoryKeys: z.array(z.string()).optional(), skus: z.array(z.string()).optional() });
const Tier = z.object({
  spendMinor: z.number(),
  reward: z.union([
    z.object({ unit: z.literal('amount'), amountMinor: z.number() }),
    z.object({ unit: z.literal('percent'), basisPoints: z.number() }),
  ]),
});
const Piece = z.object({ sku: z.string(), quantity: z.number() });

const lines = (text: string) =>
  text
    .split(/[\n,，、]/)
    .map((line) => line.trim())
    .filter(Boolean);

/** What a person typed, as the rule wants it; undefined where nothing usable was typed. */
export function toValue(unit: Argument['unit'], text: string, { currency, minor }: ShopMoney): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return unit === 'scope' ? { kind: 'all' } : undefined;
  const number = Number(trimmed);
  switch (unit) {
    case 'basisPoints':
      return Math.round(number * 100);
    case 'amountMinor':
      return Math.round(number * minor);
    case 'amountPerCurrency':
      return { [currency]: Math.round(number * minor) };
    case 'count':
      return Math.round(number);
    case 'date':
      return Number.isNaN(Date.parse(trimmed)) ? undefined : new Date(trimmed).toISOString();
    case 'tiers':
      return lines(trimmed)
        .map((line) => toTier(line, minor))
        .filter((tier) => tier !== null);
    case 'bundle':
      return lines(trimmed).map((line) => ({
        sku: line.split(/\s*[x×*]\s*/)[0] ?? line,
        quantity: Number(line.split(/\s*[x×*]\s*/)[1] ?? 1),
      }));
    case 'scope':
      return trimmed.startsWith('sku:')
        ? { kind: 'skus', skus: lines(trimmed.slice(4)) }
        : { kind: 'categories', categoryKeys: lines(trimmed) };
    default:
      return trimmed;
  }
}
/** `100 = 20` or `100 = 15%`. */
function toTier(line: string, minor: number): z.infer<typeof Tier> | null {
  const match = /^([\d.]+)\s*(?:=|→|->|:)\s*([\d.]+)\s*(%?)$/.exec(line);
  if (!match) return null;
  const reward = Number(match[2]);
  return {
    spendMinor: Math.round(Number(match[1]) * minor),
    reward: match[3]
      ? { unit: 'percent', basisPoints: Math.round(reward * 100) }
      : { unit: 'amount', amountMinor: Math.round(reward * minor) },
  };
}

/** A stored rule's argument as a person would type it; the empty string where there is none. */
export function toText(unit: Argument['unit'], value: unknown, { currency, minor }: ShopMoney): string {
  switch (unit) {
    case 'basisPoints':
      return typeof value === 'number' ? String(value / 100) : '';
    case 'amountMinor':
      return typeof value === 'number' ? String(value / minor) : '';
    case 'amountPerCurrency': {
      const amount = Amounts.safeParse(value).data?.[currency];
      return amount === undefined ? '' : String(amount / minor);
    }
    case 'tiers':
      return (z.array(Tier).safeParse(value).data ?? [])
        .map(
          ({ spendMinor, reward }) =>
            `${spendMinor / minor} = ${reward.unit === 'percent' ? `${reward.basisPoints / 100}%` : reward.amountMinor / minor}`,
        )
        .join('\n');
    case 'bundle':
      return (z.array(Piece).safeParse(value).data ?? []).map(({ sku, quantity }) => `${sku} x ${quantity}`).join('\n');
    case 'scope': {
      const scope = Scope.safeParse(value).data;
      return scope?.kind === 'skus' ? `sku:${(scope.skus ?? []).join(', ')}` : (scope?.categoryKeys ?? []).join(', ');
    }
    case 'date':
      return typeof value === 'string' ? value.slice(0, 16) : '';
    default:
      return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  }
}
export const storedRule = (rule: unknown): Record<string, unknown> => Stored.safeParse(rule).data ?? {};

/** The whole rule of one kind from what was typed. A currency the form does not ask for is the shop's. */
export function toRule(
  kind: string,
  parameters: readonly Argument[],
  texts: Readonly<Record<string, string>>,
  money: ShopMoney,
): Record<string, unknown> {
  const entries = parameters.map((argument) => [argument.name, toValue(argument.unit, texts[argument.name] ?? '', money)] as const);
  return { kind, ...Object.fromEntries(entries.filter(([, value]) => value !== undefined)) };
}
