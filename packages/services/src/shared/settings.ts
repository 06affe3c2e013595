import { setSetting } from '@promolift/db';
import { accept, AppError, refuse, type Result, ShopSettings } from '@promolift/domain';
import type { Pool } from 'pg';
import { z } from 'zod';
import { managerIdOf } from './actor.ts';
import { appendAudit } from './audit.ts';
import type { Deps } from './deps.ts';
import { processCache } from './process-cache.ts';

/** Not for managers to set: written when the shop is filled by the simulator. */
const DemoSettings = z.object({ isDemo: z.boolean().default(false) });

export type SettingsRecord = { shop: ShopSettings; isDemo: boolean; version: number };

type SettingRow = { key: string; value: unknown; lock_version: number };

/** The shop's settings with defaults for what was never set; `version` counts the changes. */
export async function readSettingsRecord({ sql }: { sql: Pool }): Promise<SettingsRecord> {
  const { rows } = await sql.query<SettingRow>("select key, value, lock_version from settings where key in ('shop', 'demo')");
  const rowOf = (key: string) => rows.find((row) => row.key === key);
  const shop = rowOf('shop');
  return {
    shop: ShopSettings.parse(shop?.value ?? {}),
    isDemo: DemoSettings.parse(rowOf('demo')?.value ?? {}).isDemo,
    version: shop?.lock_version ?? 0,
  };
}

/** What rules need; see `readSettingsRecord` for the version and the demo flag. */
export const readSettings = async (deps: { sql: Pool }): Promise<ShopSettings> => (await readSettingsRecord(deps)).shop;

/** The settings at most half a second old, for what every cart needs; a change made by this process is seen at once. */
export const cachedSettings = processCache(500, (sql) => readSettings({ sql }));

/** Changes settings if nobody else did since `expectedVersion`; refuses with `conflict` otherwise. */
export async function updateSettings(deps: Deps, expectedVersion: number, changes: Partial<ShopSettings>): Promise<Result<SettingsRecord>> {
  const current = await readSettingsRecord(deps);
  if (current.version !== expectedVersion) return conflict(current.version);
  const parsed = ShopSettings.safeParse({ ...current.shop, ...changes });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refuse({ kind: 'bad-user-input', message: `${issue?.path.join('.')}: ${issue?.message}`, field: issue?.path.map(String) ?? [] });
  }
  if (parsed.data.currency !== current.shop.currency && (await hasMoney(deps))) {
    return refuse({
      kind: 'currency-in-use',
      message: 'The currency cannot change once there are products or orders.',
      field: ['currency'],
    });
  }
  const isWritten = await writeShop(deps, parsed.data, expectedVersion, 'settings.updated', changes);
  return isWritten ? accept(await readSettingsRecord(deps)) : conflict((await readSettingsRecord(deps)).version);
}

const conflict = (version: number) =>
  refuse({ kind: 'conflict', message: `Somebody changed the settings; they are at version ${version} now.`, field: ['expectedVersion'] });

async function hasMoney({ sql }: Deps): Promise<boolean> {
  const { rows } = await sql.query<{ has: boolean }>('select exists (select 1 from products) or exists (select 1 from orders) as has');
  return rows[0]?.has ?? false;
}

/** Stops (or allows again) every promotion at the next request. Pressing it twice is harmless. */
export async function setKillSwitch(deps: Deps, isOn: boolean): Promise<SettingsRecord> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const current = await readSettingsRecord(deps);
    if (current.shop.killSwitch === isOn) return current;
    const action = isOn ? 'kill-switch.pressed' : 'kill-switch.released';
    if (await writeShop(deps, { ...current.shop, killSwitch: isOn }, current.version, action, {})) return readSettingsRecord(deps);
  }
  throw new AppError('CONFLICT', 'The settings change too quickly; try again.');
}

async function writeShop(deps: Deps, shop: ShopSettings, expectedVersion: number, action: string, changes: object): Promise<boolean> {
  const isWritten = await deps.em.transactional(async (em) => {
    const written = await setSetting(em, { key: 'shop', value: shop, expectedVersion, at: new Date(), by: managerIdOf(deps.actor) });
    if (written === undefined) return false;
    await appendAudit({ em, actor: deps.actor }, { action, subjectKind: 'settings', subjectId: 'shop', details: { ...changes } });
    return true;
  });
  cachedSettings.drop(deps.sql);
  return isWritten;
}

/** Marks the shop as filled by the simulator, whose clock may be moved. */
export async function markDemo({ sql }: Pick<Deps, 'sql'>): Promise<void> {
  await sql.query(
    `insert into settings (key, value) values ('demo', '{"isDemo": true}') on conflict (key) do update set value = excluded.value`,
  );
}

/** Stops a simulated shop's clock at a time before it is filled; from then on only `advanceShopClock` moves it. */
export async function holdShopClock({ sql }: Pick<Deps, 'sql'>, at: Date): Promise<void> {
  await sql.query(
    "insert into settings (key, value) values ('clock', jsonb_build_object('stillAtMs', $1::bigint, 'offsetMs', 0)) on conflict (key) do nothing",
    [at.getTime()],
  );
}

const MAX_ADVANCE_DAYS = 366;
const DAY_MS = 86_400_000;

/** Moves a demo shop's clock forward by whole days; refuses in a real shop. Clocks read the offset again within 500 ms. */
export async function advanceShopClock(deps: Deps, days: number): Promise<Result<SettingsRecord>> {
  if (!Number.isInteger(days) || days < 1 || days > MAX_ADVANCE_DAYS) {
    return refuse({ kind: 'bad-user-input', message: `days must be from 1 to ${MAX_ADVANCE_DAYS}`, field: ['days'] });
  }
  const current = await readSettingsRecord(deps);
  if (!current.isDemo) return refuse({ kind: 'not-a-demo', message: 'Only a demo shop has a clock that can be moved.' });
  await deps.em.transactional(async (em) => {
    await em.execute(
      `insert into settings (key, value) values ('clock', jsonb_build_object('offsetMs', ?::bigint))
       on conflict (key) do update set lock_version = settings.lock_version + 1, updated_at = now(),
         value = settings.value || jsonb_build_object('offsetMs', (settings.value ->> 'offsetMs')::bigint + (excluded.value ->> 'offsetMs')::bigint)`,
      [days * DAY_MS],
    );
    await appendAudit(
      { em, actor: deps.actor },
      { action: 'shop-clock.advanced', subjectKind: 'settings', subjectId: 'clock', details: { days } },
    );
  });
  return accept(current);
}
