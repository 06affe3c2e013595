import { newId } from '@promolift/domain';
import type { PoolClient } from 'pg';
import type { Deps } from '../shared/deps.ts';

export type SegmentDraft = {
  key: string;
  kind: 'model' | 'rule';
  name: { en: string; zh: string };
  definition: Record<string, unknown> /** Indices of users. */;
  users: number[];
};
export type WrittenSegments = { segments: number; joined: number; left: number; retired: number };

/**
 * Writes segments and their members as of a moment: who left gets an end, who joined a start, who stayed keeps theirs.
 * Segments that are no longer made are retired and emptied; segments a manager made (other kinds of key) do not exist yet.
 */
export async function writeSegments(
  deps: Deps,
  drafts: readonly (SegmentDraft & { portrait: object })[],
  about: { asOf: Date; userIds: string[]; modelId: string | null },
): Promise<WrittenSegments> {
  const client = await deps.sql.connect();
  try {
    await client.query('begin');
    await client.query("select pg_advisory_xact_lock(hashtext('write segments'))");
    const written: WrittenSegments = { segments: drafts.length, joined: 0, left: 0, retired: 0 };
    for (const draft of drafts) {
      const moved = await writeOne(client, draft, about);
      written.joined += moved.joined;
      written.left += moved.left;
    }
    const kept = drafts.map(({ key }) => key);
    const retired = await client.query(
      'update segments set retired_at = $1, size = 0 where retired_at is null and not key = any($2) returning id',
      [about.asOf, kept],
    );
    const closed = await client.query(
      'update segment_members m set valid_to = greatest($1, valid_from) from segments s where s.id = m.segment_id and m.valid_to is null and s.retired_at is not null',
      [about.asOf],
    );
    await client.query('commit');
    return { ...written, left: written.left + (closed.rowCount ?? 0), retired: retired.rowCount ?? 0 };
  } catch (fault) {
    await client.query('rollback').catch(() => undefined);
    throw fault;
  } finally {
    client.release();
  }
}

async function writeOne(
  client: PoolClient,
  draft: SegmentDraft & { portrait: object },
  { asOf, userIds, modelId }: { asOf: Date; userIds: string[]; modelId: string | null },
): Promise<{ joined: number; left: number }> {
  const { rows } = await client.query<{ id: string }>(
    `insert into segments (id, key, name, kind, definition, model_id, size, portrait, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (key) do update set name = excluded.name, kind = excluded.kind, definition = excluded.definition, model_id = excluded.model_id, size = excluded.size,
       portrait = excluded.portrait, retired_at = null returning id`,
    [
      newId(),
      draft.key,
      JSON.stringify(draft.name),
      draft.kind,
      JSON.stringify(draft.definition),
      draft.kind === 'model' ? modelId : null,
      draft.users.length,
      JSON.stringify(draft.portrait),
      asOf,
    ],
  );
  const id = rows[0]?.id;
  const members = draft.users.map((user) => userIds[user]);
  const left = await client.query(
    'update segment_members set valid_to = greatest($2, valid_from) where segment_id = $1 and valid_to is null and not user_id = any($3::uuid[])',
    [id, asOf, members],
  );
  const joined = await client.query(
    `insert into segment_members (segment_id, user_id, valid_from) select $1, u.id, $2 from unnest($3::uuid[]) u(id)
     where not exists (select from segment_members m where m.segment_id = $1 and m.user_id = u.id and m.valid_to is null)
     on conflict (segment_id, user_id, valid_from) do update set valid_to = null`,
    [id, asOf, members],
  );
  return { joined: joined.rowCount ?? 0, left: left.rowCount ?? 0 };
}
