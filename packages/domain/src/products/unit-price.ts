import { z } from 'zod';
import { multiplyDivide } from '../shared/integer-arithmetic.ts';

export const MEASURE_UNITS = ['g', 'ml', 'cm', 'piece'] as const;
/** How much one unit of a product holds: whole grams, millilitres, centimetres or pieces. */
export const Measure = z.object({ amount: z.int().min(1).max(1_000_000_000), unit: z.enum(MEASURE_UNITS) });
export type Measure = z.infer<typeof Measure>;

/** What unit prices are given for (Directive 98/6/EC Art. 2(b)). */
const PER = {
  g: { per: 'kg', amount: 1_000 },
  ml: { per: 'l', amount: 1_000 },
  cm: { per: 'm', amount: 100 },
  piece: { per: 'piece', amount: 1 },
} as const;
export type UnitPriceBase = (typeof PER)[keyof typeof PER]['per'];

/** Price of one kilogram, litre, metre or piece in minor units, halves away from zero. */
export function unitPrice(priceMinor: number, measure: Measure): { amountMinor: number; per: UnitPriceBase } {
  const { per, amount } = PER[measure.unit];
  const { quotient, remainder } = multiplyDivide(priceMinor, amount, measure.amount);
  return { per, amountMinor: remainder * 2 >= measure.amount ? quotient + 1 : quotient };
}

const WRITTEN: Readonly<Record<string, readonly [unit: Measure['unit'], factor: number]>> = {
  mg: ['g', 0.001],
  g: ['g', 1],
  克: ['g', 1],
  kg: ['g', 1_000],
  千克: ['g', 1_000],
  公斤: ['g', 1_000],
  ml: ['ml', 1],
  毫升: ['ml', 1],
  cl: ['ml', 10],
  l: ['ml', 1_000],
  升: ['ml', 1_000],
  cm: ['cm', 1],
  m: ['cm', 100],
  米: ['cm', 100],
  pc: ['piece', 1],
  pcs: ['piece', 1],
  piece: ['piece', 1],
  pieces: ['piece', 1],
  件: ['piece', 1],
};

/** `500 g`, `1.5 L`, `0,75l`, `6 x 330 ml` → a measure; null for anything else, also for less than one whole gram. */
export function parseMeasure(text: string): Measure | null {
  const match = /^(?:(\d+)\s*[x×*]\s*)?(\d+(?:[.,]\d+)?)\s*(\p{L}+)\.?$/iu.exec(text.trim());
  const written = WRITTEN[match?.[3]?.toLowerCase() ?? ''];
  if (!match || !written) return null;
  const [unit, factor] = written;
  const amount = Math.round(Number(match[1] ?? 1) * Number(match[2]?.replace(',', '.')) * factor);
  return Measure.safeParse({ amount, unit }).data ?? null;
}
