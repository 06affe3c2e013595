import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openTensorflow } from '@promolift/tensorflow';
import {
  evaluateLists,
  evaluateRanking,
  historyOf,
  type RankingQuality,
  scoreWithNeuralCf,
  topItems,
  trainNeuralCf,
  trainTwoTower,
} from '../../../src/index.ts';
import type { PartOptions } from '../part.ts';
import { asChoices, type Fold } from './movie-lens.ts';

const TABLE = 'Neural lists, MovieLens 100K, fold u1';
const [GENRES, FIRST_GENRE] = [19, 5];

/** NDCG@10 of the networks on one fold: minutes, so never in the short form. Two towers also rank by genres alone. */
export async function neuralRows({ train: ratings, heldOut }: Fold, { data, report }: PartOptions): Promise<void> {
  const { tf } = await openTensorflow();
  const train = asChoices(ratings);
  const attributes = genres(data, train.itemCount);
  const row = { table: TABLE, better: 'higher', peer: null, published: null, goal: null, kind: 'quality' } as const;
  const rows = async (what: string, learn: () => Promise<RankingQuality>) => {
    const startedMs = performance.now();
    const { ndcg } = await learn();
    report({ ...row, what, measure: 'NDCG@10', ours: ndcg });
    report({ ...row, what, measure: 's to learn and judge', better: 'lower', ours: (performance.now() - startedMs) / 1_000, kind: 'time' });
  };
  await rows('NeuMF, 32 factors', async () => {
    const { model } = await trainNeuralCf(tf, train, { seed: 1 });
    const listOf = (user: number) => topItems(scoreWithNeuralCf(tf, model, user), 10, new Set(historyOf(train, user).items));
    return evaluateLists(listOf, train, heldOut);
  });
  await rows('two towers, 32 factors, genres', async () => {
    const { model } = await trainTwoTower(tf, train, { seed: 1, attributes, attributeCount: GENRES });
    return evaluateRanking(model, train, heldOut);
  });
}

/** [films × genres], each film's flags summing to 1. */
function genres(data: string, films: number): Float32Array {
  const flags = new Float32Array(films * GENRES);
  const lines = gunzipSync(readFileSync(join(data, 'movielens-100k/u.item.gz')))
    .toString('latin1')
    .split('\n')
    .filter(Boolean);
  for (const line of lines) {
    const fields = line.split('|');
    const own = fields.slice(FIRST_GENRE, FIRST_GENRE + GENRES).map(Number);
    const count = own.reduce((sum, flag) => sum + flag, 0) || 1;
    flags.set(
      own.map((flag) => flag / count),
      (Number(fields[0]) - 1) * GENRES,
    );
  }
  return flags;
}
