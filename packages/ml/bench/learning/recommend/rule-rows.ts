import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { associationRules } from '../../../src/index.ts';
import type { PartOptions } from '../part.ts';
import { timed } from './movie-lens.ts';

/** Support, confidence and the number of rules arules finds. */
const COUNTS = [
  [0.001, 0.5, 5_668],
  [0.001, 0.8, 410],
  [0.001, 0.9, 129],
  [0.006, 0.25, 463],
  [0.01, 0.5, 15],
] as const;

/** Rule counts on Groceries: they must be equal, so the measure is the difference. */
export function ruleRows({ data, report }: PartOptions): void {
  const path = join(data, 'groceries/groceries.csv.gz');
  if (!existsSync(path)) {
    console.log(`Left out: there is no ${path}.`);
    return;
  }
  const baskets = new Map<string, number[]>();
  const places = new Map<string, number>();
  for (const line of gunzipSync(readFileSync(path)).toString('utf8').split('\n').slice(1).filter(Boolean)) {
    const at = line.indexOf(',');
    const item = line.slice(at + 1);
    if (!places.has(item)) places.set(item, places.size);
    const basket = baskets.get(line.slice(0, at)) ?? [];
    basket.push(places.get(item) ?? 0);
    baskets.set(line.slice(0, at), basket);
  }
  const lists = [...baskets.values()];
  const row = { table: 'Association rules, Groceries', better: 'lower', peer: null } as const;
  for (const [minimumSupport, minimumConfidence, known] of COUNTS) {
    const { value: rules, seconds } = timed(() => associationRules(lists, { minimumSupport, minimumConfidence }));
    const what = `support ${minimumSupport}, confidence ${minimumConfidence}`;
    const published = { source: 'arules: rules', value: known };
    report({ ...row, what, measure: 'difference in rules', ours: Math.abs(rules.length - known), published, goal: 0, kind: 'quality' });
    report({ ...row, what, measure: 'CPU s', ours: seconds, published: null, goal: null, kind: 'time' });
  }
}
