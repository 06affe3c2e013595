import type { Holiday } from '../shared/calendar.ts';

/**
 * What is true of a category. `priceSensitivity` is the exponent of the price ratio in a product's weight
 * (multinomial logit in log price), `quantityElasticity` that of the urge to take one more unit, `moreUnits` the chance of
 * each further unit at the regular price, `satiation` how strongly a purchase silences the need (it fades with a time constant of 14 days).
 */
export type CategoryTruth = {
  readonly key: string;
  readonly name: string;
  readonly products: number;
  readonly need: number;
  readonly priceSensitivity: number;
  readonly quantityElasticity: number;
  readonly moreUnits: number;
  readonly satiation: number;
  readonly peakDay: number;
  readonly amplitude: number;
  readonly weekend: number;
  readonly holidays: Readonly<Partial<Record<Holiday, number>>>;
  readonly priceMinor: readonly [number, number];
  readonly marginBasisPoints: readonly [number, number];
};

/** `products` and `need` are relative shares; `weekend` multiplies Saturday and Sunday; `peakDay` counts from 1 January. */
export const CATEGORIES: readonly CategoryTruth[] = [
  {
    key: 'snacks',
    name: 'Snacks',
    products: 60,
    need: 1.5,
    priceSensitivity: 6.5,
    quantityElasticity: 1.1,
    moreUnits: 0.36,
    satiation: 1.6,
    peakDay: 350,
    amplitude: 0.12,
    weekend: 1.35,
    holidays: { christmas: 1.3, halloween: 1.5, easter: 1.25 },
    priceMinor: [149, 690],
    marginBasisPoints: [4000, 5500],
  },
  {
    key: 'coffee-tea',
    name: 'Coffee & tea',
    products: 55,
    need: 1.2,
    priceSensitivity: 4.5,
    quantityElasticity: 0.9,
    moreUnits: 0.25,
    satiation: 2.6,
    peakDay: 10,
    amplitude: 0.22,
    weekend: 1,
    holidays: { christmas: 1.2 },
    priceMinor: [329, 1790],
    marginBasisPoints: [3500, 5000],
  },
  {
    key: 'beverages',
    name: 'Beverages',
    products: 50,
    need: 1.3,
    priceSensitivity: 5.5,
    quantityElasticity: 1.1,
    moreUnits: 0.42,
    satiation: 1.8,
    peakDay: 200,
    amplitude: 0.35,
    weekend: 1.25,
    holidays: { christmas: 1.2 },
    priceMinor: [99, 590],
    marginBasisPoints: [3000, 4500],
  },
  {
    key: 'household',
    name: 'Household',
    products: 55,
    need: 1.1,
    priceSensitivity: 2.2,
    quantityElasticity: 0.5,
    moreUnits: 0.2,
    satiation: 3,
    peakDay: 95,
    amplitude: 0.1,
    weekend: 1.1,
    holidays: {},
    priceMinor: [199, 1290],
    marginBasisPoints: [3000, 4500],
  },
  {
    key: 'personal-care',
    name: 'Personal care',
    products: 55,
    need: 1,
    priceSensitivity: 3,
    quantityElasticity: 0.5,
    moreUnits: 0.16,
    satiation: 2.6,
    peakDay: 170,
    amplitude: 0.1,
    weekend: 1,
    holidays: { christmas: 1.15, 'black-friday': 1.2 },
    priceMinor: [249, 1990],
    marginBasisPoints: [4000, 5500],
  },
  {
    key: 'pet',
    name: 'Pet',
    products: 45,
    need: 0.8,
    priceSensitivity: 1.2,
    quantityElasticity: 0.3,
    moreUnits: 0.4,
    satiation: 2.2,
    peakDay: 0,
    amplitude: 0.03,
    weekend: 0.95,
    holidays: {},
    priceMinor: [129, 2990],
    marginBasisPoints: [2500, 4000],
  },
  {
    key: 'kitchen',
    name: 'Kitchen',
    products: 50,
    need: 0.6,
    priceSensitivity: 3.6,
    quantityElasticity: 0.3,
    moreUnits: 0.08,
    satiation: 1.2,
    peakDay: 340,
    amplitude: 0.25,
    weekend: 1.3,
    holidays: { christmas: 1.5, 'black-friday': 1.6 },
    priceMinor: [490, 5990],
    marginBasisPoints: [3500, 5500],
  },
  {
    key: 'winter-clothing',
    name: 'Winter clothing',
    products: 45,
    need: 0.55,
    priceSensitivity: 4.6,
    quantityElasticity: 0.3,
    moreUnits: 0.06,
    satiation: 1,
    peakDay: 345,
    amplitude: 0.9,
    weekend: 1.4,
    holidays: { christmas: 1.3, 'black-friday': 1.5 },
    priceMinor: [990, 8990],
    marginBasisPoints: [4500, 5500],
  },
  {
    key: 'garden',
    name: 'Garden',
    products: 45,
    need: 0.6,
    priceSensitivity: 4.2,
    quantityElasticity: 0.5,
    moreUnits: 0.18,
    satiation: 0.8,
    peakDay: 140,
    amplitude: 0.85,
    weekend: 1.5,
    holidays: { easter: 1.3 },
    priceMinor: [290, 7990],
    marginBasisPoints: [3500, 5500],
  },
  {
    key: 'toys',
    name: 'Toys',
    products: 40,
    need: 0.5,
    priceSensitivity: 4.4,
    quantityElasticity: 0.4,
    moreUnits: 0.1,
    satiation: 0.8,
    peakDay: 345,
    amplitude: 0.3,
    weekend: 1.35,
    holidays: { christmas: 2.4, 'black-friday': 1.6, easter: 1.3 },
    priceMinor: [690, 5990],
    marginBasisPoints: [3500, 5000],
  },
];

/** Which categories pull which others into the same basket. */
export const COMPLEMENTS: Readonly<Record<string, readonly string[]>> = {
  snacks: ['beverages'],
  'coffee-tea': ['snacks', 'kitchen'],
  beverages: ['snacks'],
  household: ['personal-care'],
  'personal-care': ['household'],
  pet: ['household'],
  kitchen: ['coffee-tea', 'household'],
  'winter-clothing': ['coffee-tea', 'personal-care'],
  garden: ['beverages', 'household'],
  toys: ['snacks'],
};
