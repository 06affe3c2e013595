import { trainBgNbd } from '../../src/segments/bg-nbd.ts';
import { trainGammaGamma } from '../../src/segments/gamma-gamma.ts';
import type { PartOptions } from './part.ts';
import { runPeer } from './peer.ts';
import { readCsv } from './table-data.ts';

const TABLE = 'Customer value, CDNOW';
const PUBLISHED = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const CALIBRATION_END = '1997-09-30';

/** BG/NBD beside the paper's parameters, gamma-gamma of the whole cohort beside scipy's maximum. */
export function reportCustomerValue({ data, python, report }: Pick<PartOptions, 'data' | 'python' | 'report'>): void {
  const rows = readCsv(data, 'cdnow/cdnow_summary_2357.csv.gz');
  const column = (at: number) => Float64Array.from(rows, (row) => Number(row[at]));
  const [frequency, recency, age] = [column(1), column(2), column(3)];
  const spend = repeatSpend(data);
  const inputs = { frequency, recency, age, repeats: spend.frequency, value: spend.value };
  const peer = python ? runPeer(python, 'peer-customer-value.py', inputs, { outputs: [] }).answer : null;
  const theirs = (name: string) => (peer ? { name: 'scipy, Nelder-Mead', value: peer[name] } : null);
  const started = performance.now();
  const bought = trainBgNbd({ frequency, recency, age });
  const seconds = (performance.now() - started) / 1_000;
  const row = { table: TABLE, better: 'lower' as const };
  for (const name of ['r', 'alpha', 'a', 'b'] as const) {
    const published = { source: 'Fader, Hardie & Lee 2005', value: PUBLISHED[name] };
    const what = `BG/NBD, 2,357 customers: ${name}`;
    report({ ...row, what, measure: 'value', ours: bought[name], peer: theirs(name), published, goal: null, kind: 'quality' });
    const off = Math.abs(bought[name] - PUBLISHED[name]);
    report({ ...row, what, measure: 'off by', ours: off, peer: null, published: null, goal: 0.001, kind: 'quality' });
  }
  report({
    ...row,
    what: 'BG/NBD, 2,357 customers',
    measure: 's',
    ours: seconds,
    peer: theirs('bgSeconds'),
    published: null,
    goal: null,
    kind: 'time',
  });
  const value = trainGammaGamma(spend.frequency, spend.value);
  for (const name of ['p', 'q', 'gamma'] as const) {
    const peerValue = theirs(name);
    const goal = peerValue ? 1e-4 * peerValue.value : null;
    const off = peerValue ? Math.abs(value[name] - peerValue.value) : Number.NaN;
    const what = `gamma-gamma, all 23,570 customers: ${name}`;
    report({ ...row, what, measure: 'value', ours: value[name], peer: peerValue, published: null, goal: null, kind: 'quality' });
    if (peerValue) report({ ...row, what, measure: 'off by', ours: off, peer: null, published: null, goal, kind: 'quality' });
  }
}

/** Per customer: days with a purchase after the first, and the mean spend on them. */
function repeatSpend(data: string): { frequency: Float64Array; value: Float64Array } {
  const days = new Map<string, Map<string, number>>();
  for (const [customer = '', date = '', , dollars] of readCsv(data, 'cdnow/cdnow_master.csv.gz')) {
    if (date > CALIBRATION_END) continue;
    const own = days.get(customer) ?? new Map<string, number>();
    days.set(customer, own.set(date, (own.get(date) ?? 0) + Number(dollars)));
  }
  const repeats = Array.from(days.values(), (own) =>
    Array.from(own)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(1),
  );
  return {
    frequency: Float64Array.from(repeats, (list) => list.length),
    value: Float64Array.from(repeats, (list) => (list.length > 0 ? list.reduce((sum, [, dollars]) => sum + dollars, 0) / list.length : 0)),
  };
}
