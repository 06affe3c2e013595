import type { Random } from '../random/random.ts';
import { type AlsOptions, trainAls } from './als.ts';
import { type EaseOptions, trainEase } from './ease.ts';
import { type Champion, chooseRecommender, evaluateRanking, type RankingQuality } from './evaluation.ts';
import { buildInteractions, DAY_MS, type InteractionEvents, type InteractionOptions, type Interactions } from './interactions.ts';
import { type ItemItemOptions, trainItemItem } from './item-item.ts';
import { trainPopularity } from './popularity.ts';
import type { Recommender, RecommenderKind } from './recommender.ts';

export interface ChampionOptions extends Pick<InteractionOptions, 'userCount' | 'itemCount' | 'halfLifeDays'> {
  /** The last days judge the models. Default 28. */
  holdoutDays?: number;
  /** Default true: judged by items new to the user only. */
  excludeHistory?: boolean;
  /** Users judged at most, a seeded sample. Default 2,000. */
  maxUsers?: number;
  als?: AlsOptions;
  itemItem?: ItemItemOptions;
  ease?: EaseOptions;
}

export interface TrainedChampion {
  /** The champion's kind, trained on all events. */
  model: Recommender;
  champion: Champion;
  /** Quality on the held-out days, best first. */
  candidates: (RankingQuality & { kind: RecommenderKind })[];
  /** Events before this moment trained the candidates; the rest judged them. */
  splitMs: number;
}

/** Trains every kind on all but the last days, keeps the best by NDCG@10 if it beats popularity, and trains it again on everything. */
export function trainChampion(events: InteractionEvents, options: ChampionOptions, random: Random): TrainedChampion {
  const { userCount, itemCount, halfLifeDays } = options;
  const endMs = 1 + Array.from(events.timeMs).reduce((a, b) => Math.max(a, b), 0);
  const splitMs = endMs - (options.holdoutDays ?? 28) * DAY_MS;
  const train = buildInteractions(events, { userCount, itemCount, halfLifeDays, asOfMs: splitMs });
  const heldOut = buildInteractions(events, { userCount, itemCount, fromMs: splitMs, asOfMs: endMs });
  const userIndex = sampleUsers(train, heldOut, options.maxUsers ?? 2_000, random.fork('users'));
  const kinds: RecommenderKind[] = ['popularity', 'item-item', 'als', 'ease'];
  const candidates = kinds
    .map((kind) => ({
      kind,
      ...evaluateRanking(trainKind(kind, train, options, random), train, heldOut, { userIndex, excludeHistory: options.excludeHistory }),
    }))
    .sort((a, b) => b.ndcg - a.ndcg);
  const champion = chooseRecommender(candidates);
  const everything = buildInteractions(events, { userCount, itemCount, halfLifeDays, asOfMs: endMs });
  return { model: trainKind(champion.kind, everything, options, random), champion, candidates, splitMs };
}

function trainKind(kind: RecommenderKind, interactions: Interactions, options: ChampionOptions, random: Random): Recommender {
  if (kind === 'als') return trainAls(interactions, random.fork('als'), options.als);
  if (kind === 'ease') return trainEase(interactions, options.ease);
  return kind === 'item-item' ? trainItemItem(interactions, options.itemItem) : trainPopularity(interactions);
}

/** Users with a past and a future. One without a past gets the popular items whichever model serves, so says nothing about the models. */
function sampleUsers(train: Interactions, heldOut: Interactions, most: number, random: Random): Int32Array {
  const has = ({ offsets }: Interactions, user: number) => offsets[user + 1] > offsets[user];
  const users = Int32Array.from({ length: train.userCount }, (_, user) => user).filter((user) => has(train, user) && has(heldOut, user));
  return users.length <= most ? users : random.shuffle(users).subarray(0, most);
}
