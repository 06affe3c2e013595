import { type CountPanel, fitCounts } from './count-elasticity.ts';
import { type Normal, type Observation, shrinkGroups } from './normal.ts';

/** One row per product and period (a week is a good period). All arrays: [rows]. */
export interface PriceRows {
  productIndex: ArrayLike<number>;
  /** Shop-wide period, for example weeks since the start. */
  periodIndex: ArrayLike<number>;
  units: ArrayLike<number>;
  /** Price paid per unit, > 0, in any one currency. */
  price: ArrayLike<number>;
  /** Share of the period with a visible promotion, 0..1: takes the effect of being shown away from the price. */
  promoted?: ArrayLike<number>;
}

export interface ElasticityOptions {
  /** Category of each product, [productCount]. */
  categoryOfProduct: ArrayLike<number>;
  categoryCount: number;
  /** Belief about the shop's mean elasticity before data. Default −2 ± 1, more careful than the mean of published studies, −2.62 (Bijmolt, van Heerde & Pieters 2005). */
  prior?: Normal;
}

export interface Elasticities {
  /** Belief per category, [categoryCount]: ln units change per ln price change. */
  categories: Normal[];
  /** Belief about the shop's mean. */
  shop: Normal;
  /** Unshrunk estimates; null where prices never moved against the shop's weeks. */
  raw: (Observation | null)[];
  /** ln units gained by a promotion at an unchanged price; 0 without the column. */
  promotionEffect: number;
  rowsUsed: number;
}

const MIN_PRODUCT_ROWS = 4;
const MAX_SWEEPS = 60;
const LEAST_UNITS = 0.5; // A period without a sale still says that demand was low; ln 0 would say nothing.

/** With more periods without a sale than this, the made-up LEAST_UNITS would pull elasticities to zero. */
const SPARSE_SHARE = 0.01;

/**
 * Own-price elasticities: ln units = a_product + t_period + β_category · ln price + δ · promoted, least squares by coordinate sweeps,
 * or on counts where many periods are without a sale (see `fitCounts`); standard errors clustered by product; categories shrunk towards the shop's mean by empirical Bayes.
 */
export function estimateElasticities(rows: PriceRows, options: ElasticityOptions): Elasticities {
  const counts = buildCounts(rows, options);
  const panel = isSparse(counts.units) ? counts : buildPanel(rows, options);
  const fit = 'units' in panel ? fitCounts(panel, options.categoryCount) : fitPanel(panel, options.categoryCount);
  const raw = clusteredErrors(panel, fit, options.categoryCount);
  const { groups, common } = shrinkGroups(raw, options.prior ?? { mean: -2, standardDeviation: 1 });
  return { categories: groups, shop: common, raw, promotionEffect: fit.promotionEffect, rowsUsed: panel.product.length };
}

const isSparse = (units: Float64Array): boolean => units.filter((sold) => sold < 1).length > SPARSE_SHARE * units.length;

/** Rows of products and periods that sold anything: where nothing ever sold, the level explains every zero. */
function buildCounts(rows: PriceRows, { categoryOfProduct }: ElasticityOptions): CountPanel {
  const soldOf = new Map<string, number>();
  const add = (key: string, units: number) => soldOf.set(key, (soldOf.get(key) ?? 0) + units);
  for (let row = 0; row < rows.units.length; row++) {
    if (!(rows.price[row] > 0)) continue;
    add(`p${rows.productIndex[row]}`, rows.units[row]);
    add(`t${rows.periodIndex[row]}`, rows.units[row]);
  }
  const sells = (key: string) => (soldOf.get(key) ?? 0) > 0;
  const kept = Int32Array.from({ length: rows.units.length }, (_, row) => row).filter(
    (row) => rows.price[row] > 0 && rows.units[row] >= 0 && sells(`p${rows.productIndex[row]}`) && sells(`t${rows.periodIndex[row]}`),
  );
  const product = kept.map((row) => rows.productIndex[row]);
  const period = kept.map((row) => rows.periodIndex[row]);
  const { promoted } = rows;
  return {
    product,
    period,
    category: product.map((p) => categoryOfProduct[p]),
    units: Float64Array.from(kept, (row) => rows.units[row]),
    logPrice: Float64Array.from(kept, (row) => Math.log(rows.price[row])),
    promoted: promoted ? Float64Array.from(kept, (row) => promoted[row]) : null,
    products: categoryOfProduct.length,
    periods: 1 + period.reduce((a, b) => Math.max(a, b), 0),
  };
}

interface Panel {
  product: Int32Array;
  period: Int32Array;
  category: Int32Array;
  /** ln units. */
  y: Float64Array;
  /** ln price, free of product and period means. */
  x: Float64Array;
  /** Promoted share, free of product and period means. */
  z: Float64Array;
  products: number;
  periods: number;
}

function buildPanel(rows: PriceRows, { categoryOfProduct }: ElasticityOptions): Panel {
  const counts = new Int32Array(categoryOfProduct.length);
  const usable = (row: number) => rows.price[row] > 0 && rows.units[row] >= 0;
  for (let row = 0; row < rows.units.length; row++) if (usable(row)) counts[rows.productIndex[row]]++;
  const kept = Int32Array.from({ length: rows.units.length }, (_, row) => row).filter(
    (row) => usable(row) && counts[rows.productIndex[row]] >= MIN_PRODUCT_ROWS,
  );
  const product = kept.map((row) => rows.productIndex[row]);
  const period = kept.map((row) => rows.periodIndex[row]);
  const shape = { product, period, products: categoryOfProduct.length, periods: 1 + period.reduce((a, b) => Math.max(a, b), 0) };
  const centred = (value: (row: number) => number) => removeMeans(Float64Array.from(kept, value), shape);
  const { promoted } = rows;
  return {
    ...shape,
    category: product.map((p) => categoryOfProduct[p]),
    y: centred((row) => Math.log(Math.max(LEAST_UNITS, rows.units[row]))),
    x: centred((row) => Math.log(rows.price[row])),
    z: promoted ? centred((row) => promoted[row]) : new Float64Array(kept.length),
  };
}

/** Takes product and period means out of a column, in place, by alternating projections. */
function removeMeans(
  values: Float64Array,
  { product, period, products, periods }: Pick<Panel, 'product' | 'period' | 'products' | 'periods'>,
): Float64Array {
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    const moved = centreBy(values, product, products) + centreBy(values, period, periods);
    if (moved < 1e-9) break;
  }
  return values;
}

/** Subtracts each group's mean; returns the largest mean taken away. */
function centreBy(values: Float64Array, group: Int32Array, groups: number): number {
  const sums = new Float64Array(groups);
  const counts = new Int32Array(groups);
  for (let row = 0; row < values.length; row++) {
    sums[group[row]] += values[row];
    counts[group[row]]++;
  }
  let largest = 0;
  for (let g = 0; g < groups; g++) {
    if (counts[g] === 0) continue;
    sums[g] /= counts[g];
    largest = Math.max(largest, Math.abs(sums[g]));
  }
  for (let row = 0; row < values.length; row++) values[row] -= sums[group[row]];
  return largest;
}

interface Fit {
  slopes: Float64Array;
  /** Σ x² of each category. */
  squares: Float64Array;
  promotionEffect: number;
  residuals: Float64Array;
  x: Float64Array;
}

/** Slopes per category and one promotion effect on the centred columns, by Gauss-Seidel sweeps. */
function fitPanel({ category, y, x, z }: Panel, categoryCount: number): Fit {
  const slopes = new Float64Array(categoryCount);
  const squares = new Float64Array(categoryCount);
  const residuals = y.slice();
  let promotionEffect = 0;
  const zSquares = z.reduce((sum, value) => sum + value * value, 0);
  for (let row = 0; row < y.length; row++) squares[category[row]] += x[row] ** 2;
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    const steps = new Float64Array(categoryCount);
    for (let row = 0; row < y.length; row++) steps[category[row]] += x[row] * residuals[row];
    for (let c = 0; c < categoryCount; c++) steps[c] = squares[c] > 1e-9 ? steps[c] / squares[c] : 0;
    let step = 0;
    for (let row = 0; row < y.length; row++) {
      residuals[row] -= steps[category[row]] * x[row];
      step += z[row] * residuals[row];
    }
    step = zSquares > 1e-9 ? step / zSquares : 0;
    for (let row = 0; row < y.length; row++) residuals[row] -= step * z[row];
    for (let c = 0; c < categoryCount; c++) slopes[c] += steps[c];
    promotionEffect += step;
    if (Math.abs(step) + steps.reduce((most, s) => Math.max(most, Math.abs(s)), 0) < 1e-10) break;
  }
  return { slopes, squares, promotionEffect, residuals, x };
}

/** Sandwich errors with products as clusters; a category of a single product uses plain errors. */
function clusteredErrors(
  { product, category, products }: Pick<Panel, 'product' | 'category' | 'products'>,
  { slopes, squares, residuals, x }: Fit,
  categoryCount: number,
): (Observation | null)[] {
  const scores = new Float64Array(products);
  const categoryOf = new Int32Array(products).fill(-1);
  const plain = new Float64Array(categoryCount);
  for (let row = 0; row < residuals.length; row++) {
    const score = x[row] * residuals[row];
    scores[product[row]] += score;
    categoryOf[product[row]] = category[row];
    plain[category[row]] += score * score;
  }
  const clusters = new Int32Array(categoryCount);
  const sums = new Float64Array(categoryCount);
  for (let p = 0; p < products; p++) {
    if (categoryOf[p] < 0) continue;
    clusters[categoryOf[p]]++;
    sums[categoryOf[p]] += scores[p] ** 2;
  }
  return Array.from(slopes, (value, c) => {
    if (squares[c] <= 1e-9) return null;
    const meat = clusters[c] > 1 ? Math.max((sums[c] * clusters[c]) / (clusters[c] - 1), plain[c]) : plain[c];
    return { value, standardError: Math.sqrt(meat) / squares[c] };
  });
}
