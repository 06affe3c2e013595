import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../testing/test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

test('nothing goes live without an approval of exactly this version by another manager', async () => {
  const { pool } = database.db;
  const [author, other, campaign] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
  for (const id of [author, other]) {
    await pool.query("insert into managers (id, email, name, password_hash, role) values ($1::uuid, $1::text, 'Ana', 'x', 'approver')", [
      id,
    ]);
  }
  await pool.query("insert into campaigns (id, name, origin, author_id) values ($1, 'Spring', 'manager', $2)", [campaign, author]);
  const addVersion = (version: number) =>
    pool.query("insert into campaign_versions (campaign_id, version, content, content_hash, created_by) values ($1, $2, '{}', $3, $4)", [
      campaign,
      version,
      `hash-${version}`,
      author,
    ]);
  const decide = (version: number, hash: string, manager: string, decision = 'approve') =>
    pool.query(
      'insert into approvals (id, campaign_id, version, content_hash, manager_id, decision) values (uuid_v7(), $1, $2, $3, $4, $5)',
      [campaign, version, hash, manager, decision],
    );
  const goLive = (status = 'live') => pool.query('update campaigns set status = $2 where id = $1', [campaign, status]);

  await addVersion(1);
  await expect(goLive()).rejects.toThrow('no approval');
  await decide(1, 'hash-1', author);
  await expect(goLive('scheduled')).rejects.toThrow('no approval');
  await decide(1, 'another-hash', other);
  await expect(goLive()).rejects.toThrow('no approval');
  await addVersion(2);
  await pool.query('update campaigns set current_version = 2 where id = $1', [campaign]);
  await decide(2, 'hash-2', other);
  await goLive('scheduled');
  await goLive();
  await addVersion(3);
  await expect(pool.query('update campaigns set current_version = 3 where id = $1', [campaign])).rejects.toThrow(
    'version 3 has no approval',
  );
  await expect(pool.query('update campaigns set author_id = $2 where id = $1', [campaign, other])).rejects.toThrow('no approval');
  await expect(pool.query("update campaign_versions set content_hash = 'hash-2' where version = 3")).rejects.toThrow('append-only');
  await expect(pool.query("insert into campaigns (id, name, origin, status) values (uuid_v7(), 'Sneaky', 'ai', 'live')")).rejects.toThrow(
    'no approval',
  );
});
