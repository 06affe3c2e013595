import { runSql, type SqlRunner } from './sql.ts';

export type StoredSetting = { value: unknown; lockVersion: number };

export async function getSetting(runner: SqlRunner, key: string): Promise<StoredSetting | undefined> {
  const [row] = await runSql<StoredSetting>(runner, 'select value, lock_version as "lockVersion" from settings where key = $1', [key]);
  return row;
}

/** Writes if nobody wrote since `expectedVersion` was read (0: the setting must not exist yet). Returns the new version, or undefined if somebody did. */
export async function setSetting(
  runner: SqlRunner,
  setting: { key: string; value: unknown; expectedVersion: number; at: Date; by: string | null },
): Promise<number | undefined> {
  const values = [setting.key, JSON.stringify(setting.value), setting.at, setting.by];
  const [row] =
    setting.expectedVersion === 0
      ? await runSql<{ version: number }>(
          runner,
          `
        insert into settings (key, value, updated_at, updated_by) values ($1::text, $2::jsonb, $3::timestamptz, $4::uuid)
        on conflict do nothing returning lock_version as version`,
          values,
        )
      : await runSql<{ version: number }>(
          runner,
          `
        update settings set value = $2::jsonb, updated_at = $3::timestamptz, updated_by = $4::uuid, lock_version = lock_version + 1
        where key = $1::text and lock_version = $5::int returning lock_version as version`,
          [...values, setting.expectedVersion],
        );
  return row?.version;
}
