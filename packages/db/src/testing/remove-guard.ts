import type pg from 'pg';

/** Constraints that stand behind the guards of the functions, by the names that tests use. */
const CONSTRAINTS: Readonly<Record<string, { table: string; constraint: string }>> = {
  'check: budget': { table: 'campaign_counters', constraint: 'campaign_counters_budget' },
  'check: redemption limit': { table: 'campaign_counters', constraint: 'campaign_counters_limit' },
  'check: shared budget': { table: 'shared_budgets', constraint: 'shared_budgets_budget' },
  'check: limit uses': { table: 'limit_counters', constraint: 'limit_counters_uses' },
  'check: limit money': { table: 'limit_counters', constraint: 'limit_counters_minor' },
  'check: limit units': { table: 'limit_counters', constraint: 'limit_counters_units' },
  'check: code limit': { table: 'codes', constraint: 'codes_limit' },
  'check: refund': { table: 'redemptions', constraint: 'redemptions_refund' },
  'check: account balance': { table: 'accounts', constraint: 'accounts_balance' },
  'check: account promises': { table: 'accounts', constraint: 'accounts_pending' },
  'check: account kind': { table: 'accounts', constraint: 'accounts_kind' },
  'unique: account entry key': { table: 'account_entries', constraint: 'account_entries_account_id_key_key' },
  'unique: redemption key': { table: 'redemptions', constraint: 'redemptions_campaign_id_idempotency_key_key' },
};

type PutBack = () => Promise<void>;

/**
 * Takes one guard out of this database, so that a test can show what it is for: `guard: x` and `lock: x` name the marked
 * lines of the counter functions, `check: x` and `unique: x` constraints. Returns what puts it back.
 */
export async function removeGuard(pool: pg.Pool, name: string): Promise<PutBack> {
  const found = CONSTRAINTS[name];
  return found ? dropConstraint(pool, found.table, found.constraint) : cutFunction(pool, name);
}

async function dropConstraint(pool: pg.Pool, table: string, constraint: string): Promise<PutBack> {
  const { rows } = await pool.query<{ definition: string }>(
    'select pg_get_constraintdef(oid) definition from pg_constraint where conname = $1 and conrelid = $2::regclass',
    [constraint, table],
  );
  const definition = rows[0]?.definition;
  if (!definition) throw new Error(`there is no constraint ${constraint}`);
  await pool.query(`alter table ${table} drop constraint ${constraint}`);
  return async () => {
    await pool.query(`alter table ${table} add constraint ${constraint} ${definition}`);
  };
}

async function cutFunction(pool: pg.Pool, name: string): Promise<PutBack> {
  const { rows } = await pool.query<{ definition: string }>(
    "select pg_get_functiondef(oid) definition from pg_proc where pronamespace = 'public'::regnamespace and strpos(prosrc, $1) > 0",
    [`-- ${name}\n`],
  );
  const definition = rows[0]?.definition;
  if (!definition || rows.length > 1) throw new Error(`${rows.length} functions have a line marked "${name}"`);
  const cut = definition
    .split('\n')
    .map((line) => {
      if (!line.endsWith(`-- ${name}`)) return line;
      return name.startsWith('lock: ') ? line.replace(/for update.*/, ';') : '';
    })
    .join('\n');
  await pool.query(cut);
  return async () => {
    await pool.query(definition);
  };
}
