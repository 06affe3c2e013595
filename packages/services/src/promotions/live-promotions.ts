import {
  type CampaignContent,
  type CampaignStatus,
  canonicalHash,
  indexRuleset,
  livePromotionsOf,
  type RulesetIndex,
  untouchedRemains,
} from '@promolift/domain';
import type { Pool } from 'pg';
import { processCache } from '../shared/process-cache.ts';
import { needsOf } from './candidate-states.ts';
import { PARSED_AT_ONCE, readContents, versionKey } from './rules-state.ts';

/**
 * The rules in force, compiled: one copy a process, shared by all its requests and never changed. What was left of them is read
 * for each cart.
 */
export type Ruleset = {
  index: RulesetIndex;
  /** By campaign id. */
  live: ReadonlyMap<string, LiveCampaign>;
  /** Of products, that conditions ask for. */
  attributes: readonly string[];
  /** Hash of what is live, in which version, stopped or not. */
  hash: string;
};
export type LiveCampaign = { version: number; content: CampaignContent };

type CampaignRow = { id: string; version: number; is_killed: boolean };

// A campaign that goes live, ends or changes is seen by every process within this time. A kill is seen by the next cart.
const POLL_MS = 500;

const compiled = new WeakMap<Pool, { revision: number; ruleset: Ruleset }>();

const current = processCache<Ruleset>(POLL_MS, async (sql) => {
  // Read before the rules: whatever changes in between is found by the next look.
  const { rows } = await sql.query<{ revision: number }>('select revision from ruleset_revision');
  const revision = rows[0]?.revision ?? 0;
  const known = compiled.get(sql);
  if (known?.revision === revision) return known.ruleset;
  const ruleset = await compile(sql, ['live'], known?.ruleset.live);
  compiled.set(sql, { revision, ruleset });
  return ruleset;
});

/** Promotions of live campaigns. */
export const livePromotions = (sql: Pool): Promise<Ruleset> => current.get(sql);

/** The same for a dry run: read now, kept nowhere. */
export const promotionsIn = (sql: Pool, statuses: readonly CampaignStatus[]): Promise<Ruleset> =>
  compile(sql, statuses, compiled.get(sql)?.ruleset.live);

/** Looks again at the next cart, for the process that just changed a campaign. */
export const forgetLivePromotions = (sql: Pool): void => current.drop(sql);

/** Versions never change, so those in `before` are not read again. */
async function compile(sql: Pool, statuses: readonly CampaignStatus[], before: Ruleset['live'] = new Map()): Promise<Ruleset> {
  const { rows } = await sql.query<CampaignRow>(
    'select id, coalesce(live_version, current_version) as version, is_killed from campaigns where status = any($1) order by id',
    [statuses],
  );
  const live = new Map<string, LiveCampaign>();
  const unknown = rows.filter(({ id, version }) => before.get(id)?.version !== version);
  const read = new Map<string, CampaignContent>();
  for (let start = 0; start < unknown.length; start += PARSED_AT_ONCE) {
    const keys = unknown.slice(start, start + PARSED_AT_ONCE).map(({ id, version }) => ({ campaignId: id, version }));
    for (const [key, content] of await readContents(sql, keys)) read.set(key, content);
  }
  for (const { id, version } of rows) {
    const known = before.get(id);
    const content = known?.version === version ? known.content : read.get(versionKey({ campaignId: id, version }));
    if (content) live.set(id, { version, content });
  }
  const promotions = [...live].flatMap(([id, one]) => compiledOf(id, one));
  return {
    live,
    index: indexRuleset(promotions),
    attributes: needsOf(promotions)?.attributes ?? [],
    hash: canonicalHash(rows.map((row) => [row.id, row.version, row.is_killed])),
  };
}

/** For finding candidates only; what is left and the salt of the holdout come with the states of those. */
const compiledOf = (campaignId: string, { version, content }: LiveCampaign) =>
  livePromotionsOf(content, { campaignId, version, holdoutSalt: '' }, untouchedRemains(content));
