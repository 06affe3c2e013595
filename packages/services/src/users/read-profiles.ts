import type { Deps } from '../shared/deps.ts';

export type UserProfileRecord = {
  userId: string;
  asOf: Date;
  recencyDays: number | null;
  frequency: number;
  monetaryMinor: number;
  churnRisk: number | null;
  /** Strength: how much more than usual the user does in the category (1 = as usual). */
  interestTags: { categoryKey: string; categoryName: string; strength: number }[];
  /** Chance of buying in the category within 28 days, likeliest first. */
  propensities: { categoryKey: string; categoryName: string; probability: number }[];
};

type Row = Omit<UserProfileRecord, 'interestTags' | 'propensities'> & {
  tags: { categoryKey: string; lift: number }[];
  propensities: Record<string, number>;
};

/** Profiles of those users that have one. */
export async function userProfilesOf({ sql }: Pick<Deps, 'sql'>, userIds: readonly string[]): Promise<UserProfileRecord[]> {
  const [{ rows }, { rows: categories }] = await Promise.all([
    sql.query<Row>(
      `select user_id "userId", as_of "asOf", recency_days "recencyDays", frequency, monetary_minor "monetaryMinor", churn_risk "churnRisk", tags, propensities from user_profiles where user_id = any($1::uuid[])`,
      [userIds],
    ),
    sql.query<{ key: string; name: string }>('select key, name from categories'),
  ]);
  const names = new Map(categories.map(({ key, name }) => [key, name]));
  const nameOf = (key: string) => names.get(key) ?? key;
  return rows.map(({ tags, propensities, ...row }) => ({
    ...row,
    interestTags: tags.map(({ categoryKey, lift }) => ({ categoryKey, categoryName: nameOf(categoryKey), strength: lift })),
    propensities: Object.entries(propensities)
      .map(([categoryKey, probability]) => ({ categoryKey, categoryName: nameOf(categoryKey), probability }))
      .sort((a, b) => b.probability - a.probability),
  }));
}
