import { newId } from '@promolift/domain';
import { lockCounters, runSql } from '@promolift/db';
import { appendAudit } from '../shared/audit.ts';
import type { Deps } from '../shared/deps.ts';
import { forgetInFiles } from './forget-in-files.ts';
import { flushDecisions } from '../shared/record-decision.ts';

/**
 * Forgets a person: the user's row stays without anything that names one, orders and events stay without the person, so that the
 * shop's sums still add up. Returns how many were erased (0: no such user, or erased before). Cannot be undone.
 */
export async function eraseUser(deps: Deps, externalId: string): Promise<number> {
  await flushDecisions(deps);
  const erased = await eraseRows(deps, externalId);
  // Also when the rows went before: a kill between the two must not leave the files.
  await forgetInFiles(deps);
  return erased;
}

function eraseRows(deps: Deps, externalId: string): Promise<number> {
  return deps.em.transactional(async (em) => {
    const [user] = await runSql<{ id: string; pseudonym: string }>(
      em,
      'select id, pseudonym from users where external_id = $1 and erased_at is null for update',
      [externalId],
    );
    if (!user) return 0;
    const { id } = user;
    const marker = newId();
    await runSql(
      em,
      `update users set external_id = $2, pseudonym = $2, has_consent = false, personal_encrypted = null, birthday_encrypted = null, key_version = null, attributes = '{}', erased_at = now() where id = $1`,
      [id, `erased:${marker}`],
    );
    // Browser ids that appear beside this user name the same person, unless another user was signed in there.
    const anonymous = await runSql<{ anonymous_id: string }>(
      em,
      'select distinct anonymous_id from events where user_id = $1 and anonymous_id is not null union select distinct anonymous_id from orders where user_id = $1 and anonymous_id is not null',
      [id],
    );
    const names = JSON.stringify([externalId, ...anonymous.map((row) => row.anonymous_id)]);
    const isNamed = '(select jsonb_array_elements_text($2::jsonb))';
    await runSql(
      em,
      `update events set user_id = null, anonymous_id = null, query = null, tracking_token = null where user_id = $1 or (user_id is null and anonymous_id in ${isNamed})`,
      [id, names],
    );
    await runSql(
      em,
      `update orders set user_id = null, anonymous_id = null where user_id = $1 or (user_id is null and anonymous_id in ${isNamed})`,
      [id, names],
    );
    await runSql(em, 'update returns set user_id = null where user_id = $1', [id]);
    await runSql(em, 'delete from user_profiles where user_id = $1', [id]);
    await runSql(em, 'delete from segment_members where user_id = $1', [id]);
    // What the shop owes stays owed to nobody in particular; a gift card still pays for whoever holds its code.
    await runSql(em, "update accounts set guest_key = null, code_hash = case kind when 'gift_card' then code_hash end where user_id = $1", [
      id,
    ]);
    await runSql(em, 'update codes set assigned_user_id = null where assigned_user_id = $1', [id]);
    const keys = JSON.stringify([
      `user:${id}`,
      ...[externalId, ...anonymous.map((row) => row.anonymous_id)].map((name) => `anonymous:${name}`),
    ]);
    const isKeyed = '(select jsonb_array_elements_text($1::jsonb))';
    await runSql(
      em,
      `update decisions set user_id = null, anonymous_id = null, user_key = $2, input = '{}', result = '{}' where user_key in ${isKeyed}`,
      [keys, `erased:${marker}`],
    );
    await renameCounters(em, keys, `erased:${marker}`);
    // Counted uses stay under a key that names nobody: budgets are sums of them.
    await runSql(em, `update redemptions set user_id = null, anonymous_id = null, user_key = $2 where user_key in ${isKeyed}`, [
      keys,
      `erased:${marker}`,
    ]);
    await appendAudit({ em, actor: deps.actor }, { action: 'user.erased', subjectKind: 'user', subjectId: id });
    return 1;
  });
}

/**
 * Whatever the person's uses were counted against loses the name, also guest keys that stood beside it: a use is counted
 * once against each. Under the campaigns' locks, so that no use is taken or given back meanwhile.
 */
async function renameCounters(em: Deps['em'], keys: string, name: string): Promise<void> {
  const isOwn = 'r.user_key in (select jsonb_array_elements_text($1::jsonb))';
  const campaigns = await runSql<{ campaign_id: string }>(em, `select distinct r.campaign_id from redemptions r where ${isOwn}`, [keys]);
  await lockCounters(
    em,
    campaigns.map(({ campaign_id }) => campaign_id),
  );
  const named = await runSql<{ campaign_id: string; key: string }>(
    em,
    `select distinct r.campaign_id, k.key from redemptions r cross join lateral unnest(r.limit_keys) k(key)
     where ${isOwn} and k.key ~ '[|](user|anonymous|guest):' order by 1, 2`,
    [keys],
  );
  for (const [index, { campaign_id, key }] of named.entries()) {
    const renamed = key.replace(/\|(user|anonymous|guest):[^|]*/g, `|${name}:${index}`);
    await runSql(em, 'update limit_counters set key = $3 where campaign_id = $1 and key = $2', [campaign_id, key, renamed]);
    await runSql(
      em,
      'update redemptions set limit_keys = array_replace(limit_keys, $2::text, $3::text) where campaign_id = $1 and $2::text = any(limit_keys)',
      [campaign_id, key, renamed],
    );
  }
}
