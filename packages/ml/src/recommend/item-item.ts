import { type Artefact, arrayOf, encodeArtefact } from './artefact.ts';
import { type History, type Interactions, transpose } from './interactions.ts';
import { byContribution, type Contribution, type Recommender, topItems } from './recommender.ts';

export interface ItemItemOptions {
  /** Neighbours kept per item. Default 50. */
  neighbours?: number;
  /** Added to the product of norms, so that a few common users prove little. Default 5. */
  shrinkage?: number;
}

/** Links from a past item to the items it speaks for: CSR by past item. */
interface Links {
  offsets: Int32Array;
  targets: Int32Array;
  similarities: Float32Array;
}

/** Item-item cosine (Deshpande & Karypis 2004): i scores Σ w_j · cos(i, j) over the past items j among i's nearest neighbours. */
export function trainItemItem(interactions: Interactions, { neighbours = 50, shrinkage = 5 }: ItemItemOptions = {}): Recommender {
  const columns = transpose(interactions);
  const norms = columnNorms(columns);
  const linked: { source: number; target: number; similarity: number }[] = [];
  const dots = new Float64Array(interactions.itemCount);
  for (let target = 0; target < interactions.itemCount; target++) {
    accumulate(interactions, columns, target, dots);
    for (let j = 0; j < dots.length; j++)
      dots[j] = dots[j] > 0 ? dots[j] / (norms[j] * norms[target] + shrinkage) : Number.NEGATIVE_INFINITY;
    for (const { item, score } of topItems(dots, neighbours, new Set([target]))) linked.push({ source: item, target, similarity: score });
  }
  return itemItem(compress(linked, interactions.itemCount));
}

/** The model of a decoded artefact. */
export const loadItemItem = (artefact: Artefact) =>
  itemItem({
    offsets: arrayOf(artefact, 'offsets', Int32Array),
    targets: arrayOf(artefact, 'targets', Int32Array),
    similarities: arrayOf(artefact, 'similarities', Float32Array),
  });

function columnNorms(columns: Interactions): Float64Array {
  const norms = new Float64Array(columns.userCount);
  for (let item = 0; item < norms.length; item++) {
    for (let e = columns.offsets[item]; e < columns.offsets[item + 1]; e++) norms[item] += columns.weights[e] ** 2;
    norms[item] = Math.sqrt(norms[item]);
  }
  return norms;
}

function accumulate(rows: Interactions, columns: Interactions, target: number, dots: Float64Array): void {
  dots.fill(0);
  for (let c = columns.offsets[target]; c < columns.offsets[target + 1]; c++) {
    const user = columns.items[c];
    const weight = columns.weights[c];
    for (let e = rows.offsets[user]; e < rows.offsets[user + 1]; e++) dots[rows.items[e]] += weight * rows.weights[e];
  }
}

function compress(linked: { source: number; target: number; similarity: number }[], itemCount: number): Links {
  const offsets = new Int32Array(itemCount + 1);
  for (const { source } of linked) offsets[source + 1]++;
  for (let i = 0; i < itemCount; i++) offsets[i + 1] += offsets[i];
  const next = offsets.slice();
  const targets = new Int32Array(linked.length);
  const similarities = new Float32Array(linked.length);
  for (const { source, target, similarity } of linked) {
    const at = next[source]++;
    targets[at] = target;
    similarities[at] = similarity;
  }
  return { offsets, targets, similarities };
}

function itemItem(links: Links): Recommender {
  const itemCount = links.offsets.length - 1;
  return {
    kind: 'item-item',
    itemCount,
    scores: (history) => scores(links, itemCount, history),
    explain: (history, item) => explain(links, itemCount, history, item),
    encode: () => encodeArtefact({ kind: 'item-item', meta: {}, arrays: { ...links } }),
  };
}

function scores({ offsets, targets, similarities }: Links, itemCount: number, history: History): Float64Array {
  const sums = new Float64Array(itemCount);
  for (let h = 0; h < history.items.length; h++) {
    const past = history.items[h];
    if (!(past >= 0 && past < itemCount)) continue;
    for (let e = offsets[past]; e < offsets[past + 1]; e++) sums[targets[e]] += history.weights[h] * similarities[e];
  }
  return sums;
}

function explain({ offsets, targets, similarities }: Links, itemCount: number, history: History, item: number): Contribution[] {
  const found: Contribution[] = [];
  for (let h = 0; h < history.items.length; h++) {
    const past = history.items[h];
    if (!(past >= 0 && past < itemCount)) continue;
    for (let e = offsets[past]; e < offsets[past + 1]; e++) {
      if (targets[e] === item) found.push({ item: past, contribution: history.weights[h] * similarities[e] });
    }
  }
  return byContribution(found);
}
