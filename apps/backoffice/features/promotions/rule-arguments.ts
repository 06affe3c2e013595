import { z } from 'zod';
import { toInstant, toLocal } from '../../lib/zoned-time.ts';

/** One argument of a promotion kind as the API describes it. */
const Argument = z.object({
  name: z.string(),
  label: z.object({ en: z.string(), zh: z.string() }),
  unit: z.enum([
    'basisPoints',
    'amountMinor',
    'amountPerCurrency',
    'tiers',
    'volumeTiers',
    'count',
    'text',
    'texts',
    'choice',
    'choices',
    'scope',
    'sku',
    'skus',
    'bundle',
    'date',
  ]),
  isRequired: z.boolean(),
  choices: z.array(z.object({ value: z.string(), label: z.object({ en: z.string(), zh: z.string() }) })).optional(),
});
export type Argument = z.infer<typeof Argument>;
export const Arguments = z.array(Argument);

export interface ShopUnits {
  readonly currency: string;
  /** Minor units in one unit of the currency. */
  readonly minor: number;
  /** In which dates are typed. */
  readonly timeZone: string;
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
const VolumeTier = z.object({ quantity: z.number(), prices: Amounts });
const Texts = z.array(z.string());
const Piece = z.object({ sku: z.string(), quantity: z.number() });

const lines = (text: string) =>
  text
    .split(/[\n,，、]/)
    .map((line) => line.trim())
    .filter(Boolean);

/** What a person typed, as the rule wants it; undefined where nothing usable was typed. */
export function toValue(unit: Argument['unit'], text: string, { currency, minor, timeZone }: ShopUnits): unknown {
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
      return Number.isNaN(Date.parse(trimmed)) ? undefined : toInstant(trimmed, timeZone);
    case 'tiers':
      return lines(trimmed)
        .map((line) => toTier(line, minor))
        .filter((tier) => tier !== null);
    case 'volumeTiers':
      return lines(trimmed).flatMap((line) => toVolumeTier(line, currency, minor) ?? []);
    case 'texts':
    case 'choices':
    case 'skus':
      return lines(trimmed);
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

/** `10 = 8.50`: from ten units each costs 8.50. */
function toVolumeTier(line: string, currency: string, minor: number): z.infer<typeof VolumeTier> | null {
  const match = /^(\d+)\s*(?:=|→|->|:)\s*([\d.]+)$/.exec(line);
  return match && { quantity: Number(match[1]), prices: { [currency]: Math.round(Number(match[2]) * minor) } };
}

/** A stored rule's argument as a person would type it; the empty string where there is none. */
export function toText(unit: Argument['unit'], value: unknown, { currency, minor, timeZone }: ShopUnits): string {
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
    case 'volumeTiers':
      return (z.array(VolumeTier).safeParse(value).data ?? [])
        .flatMap(({ quantity, prices }) => (prices[currency] === undefined ? [] : [`${quantity} = ${prices[currency] / minor}`]))
        .join('\n');
    case 'texts':
    case 'choices':
    case 'skus':
      return (Texts.safeParse(value).data ?? []).join(', ');
    case 'bundle':
      return (z.array(Piece).safeParse(value).data ?? []).map(({ sku, quantity }) => `${sku} x ${quantity}`).join('\n');
    case 'scope': {
      const scope = Scope.safeParse(value).data;
      return scope?.kind === 'skus' ? `sku:${(scope.skus ?? []).join(', ')}` : (scope?.categoryKeys ?? []).join(', ');
    }
    case 'date':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? toLocal(value, timeZone) : '';
    default:
      return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  }
}
export const storedRule = (rule: unknown): Record<string, unknown> => Stored.safeParse(rule).data ?? {};

/**
 * The whole rule of one kind from what was typed. A currency the form does not ask for is the shop's; what it does not ask for at
 * all, and amounts in other currencies, stay as they are in `kept`, the stored rule of the same kind.
 */
export function toRule(
  kind: string,
  parameters: readonly Argument[],
  texts: Readonly<Record<string, string>>,
  money: ShopUnits,
  kept: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const asked = new Set(parameters.map(({ name }) => name));
  const typed = parameters.map(
    ({ name, unit }) => [name, withOtherCurrencies(unit, toValue(unit, texts[name] ?? '', money), kept[name], money)] as const,
  );
  const entries = [...Object.entries(kept).filter(([name]) => !asked.has(name)), ...typed];
  return { ...Object.fromEntries(entries.filter(([, value]) => value !== undefined)), kind };
}

function withOtherCurrencies(unit: Argument['unit'], value: unknown, kept: unknown, { currency }: ShopUnits): unknown {
  const others = (amounts: unknown) =>
    Object.fromEntries(Object.entries(Amounts.safeParse(amounts).data ?? {}).filter(([code]) => code !== currency));
  if (unit === 'amountPerCurrency' && value !== undefined) return { ...others(kept), ...Amounts.parse(value) };
  if (unit !== 'volumeTiers') return value;
  const before = z.array(VolumeTier).safeParse(kept).data ?? [];
  return z
    .array(VolumeTier)
    .optional()
    .parse(value)
    ?.map((tier) => ({
      ...tier,
      prices: { ...others(before.find(({ quantity }) => quantity === tier.quantity)?.prices), ...tier.prices },
    }));
}
