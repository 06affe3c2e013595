import type { Random } from '../../random/random.ts';
import { transpose, type Interactions } from '../interactions.ts';
import { type RatingModel, ratingModel } from './rating-model.ts';
import { meanRating, type Ratings, rowMeans } from './ratings.ts';

export interface CoClusteringOptions {
  /** Default 3. */
  userClusters?: number;
  /** Default 3. */
  itemClusters?: number;
  /** Default 20. */
  epochs?: number;
}

/** Means by cluster and by block: [userClusters], [itemClusters], [userClusters × itemClusters]. */
interface Means {
  users: Float64Array;
  items: Float64Array;
  blocks: Float64Array;
}

/**
 * Co-clustering (George & Merugu 2005): users and items fall into clusters and r̂ = A_block + (mean_u − A_userCluster) + (mean_i − A_itemCluster);
 * in turn every user, then every item, moves to the cluster with the least squared error.
 */
export function fitCoClustering(ratings: Ratings, random: Random, options: CoClusteringOptions = {}): RatingModel {
  const { userClusters = 3, itemClusters = 3, epochs = 20 } = options;
  const columns = transpose(ratings);
  const mean = meanRating(ratings);
  const [userMeans, itemMeans] = [rowMeans(ratings, mean), rowMeans(columns, mean)];
  const ofUser = Int32Array.from({ length: ratings.userCount }, () => random.integer(userClusters));
  const ofItem = Int32Array.from({ length: ratings.itemCount }, () => random.integer(itemClusters));
  const measure = () => blockMeans(ratings, ofUser, ofItem, userClusters, itemClusters, mean);
  let means = measure();
  for (let epoch = 0; epoch < epochs; epoch++) {
    moveRows(ratings, ofUser, userClusters, (user, e, cluster) => {
      const item = ratings.items[e];
      return (
        means.blocks[cluster * itemClusters + ofItem[item]] +
        userMeans[user] -
        means.users[cluster] +
        itemMeans[item] -
        means.items[ofItem[item]]
      );
    });
    moveRows(columns, ofItem, itemClusters, (item, e, cluster) => {
      const user = columns.items[e];
      return (
        means.blocks[ofUser[user] * itemClusters + cluster] +
        userMeans[user] -
        means.users[ofUser[user]] +
        itemMeans[item] -
        means.items[cluster]
      );
    });
    means = measure();
  }
  return ratingModel(ratings, (user, item) => {
    const hasUser = ratings.offsets[user + 1] > ratings.offsets[user];
    const hasItem = columns.offsets[item + 1] > columns.offsets[item];
    if (!hasUser && !hasItem) return [{ from: 'mean', index: null, amount: mean }];
    if (!hasUser) return [{ from: 'item', index: item, amount: itemMeans[item] }];
    if (!hasItem) return [{ from: 'user', index: user, amount: userMeans[user] }];
    return [
      { from: 'taste', index: null, amount: means.blocks[ofUser[user] * itemClusters + ofItem[item]] },
      { from: 'user', index: user, amount: userMeans[user] - means.users[ofUser[user]] },
      { from: 'item', index: item, amount: itemMeans[item] - means.items[ofItem[item]] },
    ];
  });
}

function moveRows(
  rows: Interactions,
  cluster: Int32Array,
  clusters: number,
  estimate: (row: number, e: number, cluster: number) => number,
): void {
  for (let row = 0; row < rows.userCount; row++) {
    let least = Number.POSITIVE_INFINITY;
    for (let c = 0; c < clusters; c++) {
      let squares = 0;
      for (let e = rows.offsets[row]; e < rows.offsets[row + 1]; e++) squares += (rows.weights[e] - estimate(row, e, c)) ** 2;
      if (squares < least) [least, cluster[row]] = [squares, c];
    }
  }
}

/** Means of the ratings in each cluster and block; the mean of all for an empty one. */
function blockMeans(
  ratings: Ratings,
  ofUser: Int32Array,
  ofItem: Int32Array,
  userClusters: number,
  itemClusters: number,
  mean: number,
): Means {
  const sums = {
    users: new Float64Array(userClusters),
    items: new Float64Array(itemClusters),
    blocks: new Float64Array(userClusters * itemClusters),
  };
  const counts = {
    users: new Int32Array(userClusters),
    items: new Int32Array(itemClusters),
    blocks: new Int32Array(userClusters * itemClusters),
  };
  for (let user = 0; user < ratings.userCount; user++) {
    for (let e = ratings.offsets[user]; e < ratings.offsets[user + 1]; e++) {
      const [u, i] = [ofUser[user], ofItem[ratings.items[e]]];
      for (const [name, at] of [
        ['users', u],
        ['items', i],
        ['blocks', u * itemClusters + i],
      ] as const) {
        sums[name][at] += ratings.weights[e];
        counts[name][at]++;
      }
    }
  }
  for (const name of ['users', 'items', 'blocks'] as const)
    sums[name].forEach((sum, at) => (sums[name][at] = counts[name][at] > 0 ? sum / counts[name][at] : mean));
  return sums;
}
