import type { DemandPanel } from './panel-features.ts';

const [BRANDS, FIRST_WEEK, WEEKS] = [11, 40, 121];
const COLUMN = { store: 0, brand: 1, week: 2, logUnits: 3, firstPrice: 5, deal: 16, feature: 17 };

type Cell = { units: Float64Array; prices: Float64Array[]; deal: Float64Array; feature: Float64Array };

/** Dominick's orange juice, weeks 40 … 160, as one panel for each brand: own log price, deal and advertisement, and those of the ten competitors. `read`: rows of the file without header. */
export function orangeJuicePanels(read: (path: string) => string[][]): DemandPanel[] {
  const cells = new Map<string, Cell>();
  for (const row of read('orange-juice/oj_yx.csv.gz')) {
    const key = `${row[COLUMN.store]}/${row[COLUMN.brand]}`;
    const cell = cells.get(key) ?? emptyCell();
    cells.set(key, cell);
    const week = Number(row[COLUMN.week]) - FIRST_WEEK;
    cell.units[week] = Math.exp(Number(row[COLUMN.logUnits]));
    for (let brand = 0; brand < BRANDS; brand++) cell.prices[brand][week] = Math.log(Number(row[COLUMN.firstPrice + brand]));
    cell.deal[week] = Number(row[COLUMN.deal]);
    cell.feature[week] = Number(row[COLUMN.feature]);
  }
  const stores = [...new Set([...cells.keys()].map((key) => key.split('/')[0]))];
  return Array.from({ length: BRANDS }, (_, brand) => {
    const mine = stores.flatMap((store) => {
      const cell = cells.get(`${store}/${brand + 1}`);
      return cell ? [{ store, cell }] : [];
    });
    return {
      units: mine.map(({ cell }) => cell.units),
      own: mine.map(({ cell }) => [cell.prices[brand], cell.deal, cell.feature]),
      others: mine.map(({ store, cell }) =>
        Array.from({ length: BRANDS }, (_, other) => {
          const rival = cells.get(`${store}/${other + 1}`);
          return other === brand || !rival ? [] : [cell.prices[other], rival.deal, rival.feature];
        }).flat(),
      ),
    };
  });
}

function emptyCell(): Cell {
  const unknown = () => new Float64Array(WEEKS).fill(Number.NaN);
  return {
    units: unknown(),
    prices: Array.from({ length: BRANDS }, unknown),
    deal: new Float64Array(WEEKS),
    feature: new Float64Array(WEEKS),
  };
}
