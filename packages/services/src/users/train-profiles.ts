import { copyRows } from '@promolift/db';
import { type InterestTag, interestTags, type RfmFeatures, rfmFeatures } from '@promolift/ml';
import type { Deps } from '../shared/deps.ts';

/** What profiles are made of; a part of the shop's history. */
export type ProfileHistory = {
  asOf: Date;
  userIds: string[];
  categoryKeys: string[];
  categoryOfProduct: Int32Array;
  interactions: { userIndex: Int32Array; itemIndex: Int32Array; weight: Float32Array; timeMs: Float64Array };
  orders: { userIndex: Int32Array; timeMs: Float64Array; valueMinor: Float64Array };
};
export type Profiles = { rfm: RfmFeatures; tags: InterestTag[][] };
/** Per user: probability of buying nothing for eight weeks, and of buying in a category within four; NaN and empty where no model was trained. */
export type Predictions = { churnRisk: Float64Array; propensities: { categoryKey: string; probability: number }[][] };

/** Recency, frequency, value and interests of every consenting user as of the history's end. */
export function buildProfiles({ asOf, userIds, categoryKeys, categoryOfProduct, interactions, orders }: ProfileHistory): Profiles {
  const asOfMs = asOf.getTime();
  const categorised = Int32Array.from({ length: interactions.itemIndex.length }, (_, row) => row).filter(
    (row) => categoryOfProduct[interactions.itemIndex[row]] >= 0,
  );
  const tags = interestTags(
    {
      userIndex: categorised.map((row) => interactions.userIndex[row]),
      categoryIndex: categorised.map((row) => categoryOfProduct[interactions.itemIndex[row]]),
      weight: Float32Array.from(categorised, (row) => interactions.weight[row]),
      timeMs: Float64Array.from(categorised, (row) => interactions.timeMs[row]),
    },
    { userCount: userIds.length, categoryCount: categoryKeys.length, asOfMs },
  );
  return { rfm: rfmFeatures(orders, userIds.length, asOfMs), tags };
}

/** Replaces all profiles in one transaction; users who withdrew consent or were erased lose theirs. */
export async function writeProfiles(
  deps: Deps,
  { asOf, userIds, categoryKeys }: ProfileHistory,
  { rfm, tags }: Profiles,
  { churnRisk, propensities }: Predictions,
): Promise<void> {
  const client = await deps.sql.connect();
  try {
    await client.query('begin');
    await client.query('delete from user_profiles');
    await copyRows(
      client,
      'user_profiles',
      ['user_id', 'as_of', 'recency_days', 'frequency', 'monetary_minor', 'tags', 'propensities', 'churn_risk'],
      userIds.map((id, user) => [
        id,
        asOf,
        Number.isNaN(rfm.recencyDays[user]) ? null : Math.floor(rfm.recencyDays[user]),
        rfm.frequency[user],
        Math.round(rfm.monetaryMinor[user]),
        tags[user].map(({ category, lift, share }) => ({ categoryKey: categoryKeys[category], lift, share })),
        Object.fromEntries(propensities[user].map(({ categoryKey, probability }) => [categoryKey, probability])),
        Number.isNaN(churnRisk[user]) ? null : churnRisk[user],
      ]),
    );
    await client.query('commit');
  } catch (fault) {
    await client.query('rollback').catch(() => undefined);
    throw fault;
  } finally {
    client.release();
  }
}
