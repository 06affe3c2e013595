import type { Deps } from './deps.ts';

/** One decision as it is kept: what was asked, under which rules, with which probability, and the answer. */
export type DecisionRow = {
  id: string;
  decidedAt: Date;
  kind: 'evaluate_cart' | 'offers' | 'recommendations';
  userId: string | null;
  anonymousId: string | null;
  userKey: string;
  input: object;
  inputHash: string;
  rulesetHash: string;
  policy: string;
  /** Chance with which this policy makes this decision for this user; 1 for a rule without chance. */
  probability: number;
  offers: readonly unknown[];
  result: object;
  modelVersions: object;
};

const COLUMNS = 14;
const FLUSH_AFTER_MS = 100;
const FLUSH_AT_ROWS = 200;

type DecisionBuffer = { rows: DecisionRow[]; timer: NodeJS.Timeout | null; flushing: Promise<void> };
const buffers = new WeakMap<Deps['sql'], DecisionBuffer>();

function bufferOf(sql: Deps['sql']): DecisionBuffer {
  const known = buffers.get(sql);
  if (known) return known;
  const made: DecisionBuffer = { rows: [], timer: null, flushing: Promise.resolve() };
  buffers.set(sql, made);
  return made;
}

/**
 * Keeps a decision within about 100 ms, many in one statement: reads must not wait for their record. A crash inside that
 * time loses the record of answers that had not spent anything; what spends (`placeOrder`) writes its decision itself.
 */
export function recordDecisionSoon(deps: Pick<Deps, 'sql' | 'log'>, row: DecisionRow): void {
  const buffer = bufferOf(deps.sql);
  buffer.rows.push(row);
  if (buffer.rows.length >= FLUSH_AT_ROWS) void flushDecisions(deps);
  else buffer.timer ??= setTimeout(() => void flushDecisions(deps), FLUSH_AFTER_MS);
}

/** Writes what waits; also called before a decision is read back and when a process stops. */
export async function flushDecisions(deps: Pick<Deps, 'sql' | 'log'>): Promise<void> {
  const buffer = bufferOf(deps.sql);
  if (buffer.timer) clearTimeout(buffer.timer);
  buffer.timer = null;
  const rows = buffer.rows.splice(0);
  if (rows.length > 0) {
    const write = insertDecisions(deps.sql, rows).catch(() => insertApart(deps, rows));
    buffer.flushing = Promise.all([buffer.flushing, write]).then(() => undefined);
  }
  await buffer.flushing;
}

/** One that the database cannot keep, such as a text with a NUL in it, must not take those of other shoppers with it. */
async function insertApart({ sql, log }: Pick<Deps, 'sql' | 'log'>, rows: readonly DecisionRow[]): Promise<void> {
  for (const row of rows)
    await insertDecisions(sql, [row]).catch((fault: unknown) => log.error({ fault, decisionId: row.id }, 'a decision was not kept'));
}

export async function insertDecisions(
  runner: { query: (text: string, values: unknown[]) => Promise<unknown> },
  rows: readonly DecisionRow[],
): Promise<void> {
  const places = rows.map(
    (_, row) => `(${Array.from({ length: COLUMNS }, (_unused, column) => `$${row * COLUMNS + column + 1}`).join(',')})`,
  );
  const values = rows.flatMap((row) => [
    row.id,
    row.decidedAt,
    row.kind,
    row.userId,
    row.anonymousId,
    row.userKey,
    JSON.stringify(row.input),
    row.inputHash,
    row.rulesetHash,
    row.policy,
    row.probability,
    JSON.stringify(row.offers),
    JSON.stringify(row.result),
    JSON.stringify(row.modelVersions),
  ]);
  await runner.query(
    `insert into decisions (id, decided_at, kind, user_id, anonymous_id, user_key, input, input_hash, ruleset_hash, policy, probability, offers, result, model_versions)
     values ${places.join(',')} on conflict (id) do nothing`,
    values,
  );
}
