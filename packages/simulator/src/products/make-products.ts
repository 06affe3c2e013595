import { draw, drawNormal, drawWhole, PURPOSE } from '../shared/draws.ts';
import { CATEGORIES, COMPLEMENTS } from './categories.ts';
import { WORDS } from './word-lists.ts';

export const TASTE_DIMENSIONS = 6;

/** One product and what is true of it. `substitutes` and `complements` are product indexes; `launchDay` counts from the start, 0 = there already. */
export type Product = {
  readonly index: number;
  readonly sku: string;
  readonly name: string;
  readonly noun: string;
  readonly brand: string;
  readonly categoryIndex: number;
  readonly priceMinor: number;
  readonly costMinor: number;
  readonly popularity: number;
  readonly launchDay: number;
  readonly isOverstocked: boolean;
  readonly startingStock: number;
  readonly taste: Float64Array;
  readonly substitutes: readonly number[];
  readonly complements: readonly number[];
};

/** How many products each category gets: largest remainders of the categories' shares. */
function productsPerCategory(total: number): number[] {
  const shares = CATEGORIES.map((category) => category.products);
  const sum = shares.reduce((a, b) => a + b, 0);
  const counts = shares.map((share) => Math.floor((share * total) / sum));
  const byRemainder = shares
    .map((share, index) => ({ index, rest: ((share * total) / sum) % 1 }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  const missing = total - counts.reduce((a, b) => a + b, 0);
  for (const { index } of byRemainder.slice(0, missing)) counts[index] = (counts[index] ?? 0) + 1;
  return counts;
}

function shelfEnding(priceMinor: number): number {
  if (priceMinor < 1000) return Math.max(29, Math.round(priceMinor / 10) * 10 - 1);
  return Math.round(priceMinor / 100) * 100 - 1;
}

function nameOf(seed: number, categoryIndex: number, position: number) {
  const { brands, nouns, variants } = WORDS[CATEGORIES[categoryIndex].key];
  const combinations = brands.length * nouns.length * variants.length;
  const offset = drawWhole(seed, categoryIndex, 0, PURPOSE.name, combinations);
  // A step without a common factor walks through all combinations before it repeats one.
  let step = Math.floor(combinations * 0.382) | 1;
  while (greatestCommonDivisor(step, combinations) > 1) step += 2;
  const place = (offset + position * step) % combinations;
  const edition = Math.floor(position / combinations);
  const noun = nouns[place % nouns.length];
  const brand = brands[Math.floor(place / nouns.length) % brands.length];
  const variant = variants[Math.floor(place / (nouns.length * brands.length))];
  return { noun, brand, name: `${brand} ${noun} ${variant}${edition > 0 ? ` No. ${edition + 1}` : ''}` };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function launchDayOf(seed: number, index: number, days: number): number {
  const chance = draw(seed, index, 0, PURPOSE.launch);
  if (chance > 0.12) return 0;
  const when = draw(seed, index, 1, PURPOSE.launch);
  return chance < 0.04 ? Math.max(0, Math.floor(days - 5 - when * 40)) : Math.floor(when * Math.max(0, days - 60));
}

function tasteOf(seed: number, index: number, categoryIndex: number, noun: string, brand: string): Float64Array {
  const { nouns, brands } = WORDS[CATEGORIES[categoryIndex].key];
  const nounKey = 10_000 + categoryIndex * 100 + nouns.indexOf(noun);
  const brandKey = 20_000 + categoryIndex * 100 + brands.indexOf(brand);
  return Float64Array.from(
    { length: TASTE_DIMENSIONS },
    (_, dimension) =>
      0.75 * drawNormal(seed, nounKey, 0, PURPOSE.taste, dimension) +
      0.5 * drawNormal(seed, brandKey, 0, PURPOSE.taste, dimension) +
      0.4 * drawNormal(seed, index, 0, PURPOSE.taste, dimension),
  );
}

/** A price follows from its noun (a pan costs more than a jar) and a little from chance; the cost from the category's margins. */
function pricesOf(seed: number, index: number, categoryIndex: number, noun: string) {
  const {
    priceMinor: [low, high],
    marginBasisPoints: [least, most],
    key,
  } = CATEGORIES[categoryIndex];
  const level =
    0.65 * draw(seed, categoryIndex, WORDS[key].nouns.indexOf(noun), PURPOSE.price) + 0.35 * draw(seed, index, 1000, PURPOSE.price);
  const priceMinor = shelfEnding(low * (high / low) ** level);
  const margin = (least + (most - least) * draw(seed, index, 1001, PURPOSE.price)) / 10_000;
  return { priceMinor, costMinor: Math.max(1, Math.round(priceMinor * (1 - margin))) };
}

/** Categories that are far from their peak when the history ends keep too much of last season's stock. */
function isOutOfSeason(categoryIndex: number, endDayOfYear: number): boolean {
  const { amplitude, peakDay } = CATEGORIES[categoryIndex];
  return amplitude > 0.5 && Math.cos((2 * Math.PI * (endDayOfYear - peakDay)) / 365) < 0.3;
}

/** Makes the catalogue. `days` is the history's length, `endDayOfYear` (0-based) where it ends. */
export function makeProducts(seed: number, count: number, days: number, endDayOfYear: number): Product[] {
  const places = productsPerCategory(count).flatMap((size, categoryIndex) =>
    Array.from({ length: size }, (_, position) => ({ categoryIndex, position })),
  );
  const named = places.map(({ categoryIndex, position }, index) => ({ index, categoryIndex, ...nameOf(seed, categoryIndex, position) }));
  return named.map((it) => {
    const isOverstocked = isOutOfSeason(it.categoryIndex, endDayOfYear) && draw(seed, it.index, 1, PURPOSE.stock) < 0.45;
    const launchDay = launchDayOf(seed, it.index, days);
    const isSlow = launchDay > days - 50 || draw(seed, it.index, 0, PURPOSE.product) < 0.08;
    return {
      ...it,
      ...pricesOf(seed, it.index, it.categoryIndex, it.noun),
      launchDay,
      isOverstocked,
      sku: `MG-${String(it.index + 1).padStart(4, '0')}`,
      popularity: 0.8 * drawNormal(seed, it.index, 1, PURPOSE.product) - (isSlow ? 1 : 0),
      startingStock: (isOverstocked ? 400 : 60) + drawWhole(seed, it.index, 2, PURPOSE.stock, 60),
      taste: tasteOf(seed, it.index, it.categoryIndex, it.noun, it.brand),
      substitutes: named
        .filter((other) => other.index !== it.index && other.categoryIndex === it.categoryIndex && other.noun === it.noun)
        .map((other) => other.index),
      complements: complementsOf(seed, it.index, it.categoryIndex, named),
    };
  });
}

function complementsOf(
  seed: number,
  index: number,
  categoryIndex: number,
  named: readonly { index: number; categoryIndex: number }[],
): number[] {
  const keys = COMPLEMENTS[CATEGORIES[categoryIndex].key];
  const candidates = named.filter((other) => keys.includes(CATEGORIES[other.categoryIndex].key));
  if (candidates.length === 0) return [];
  return [...new Set([2, 3, 4].map((pick) => candidates[drawWhole(seed, index, pick, PURPOSE.product, candidates.length)].index))];
}
