import { createHash } from 'node:crypto';
import { gate, type GateInput, type ModelKind, newId } from '@promolift/domain';
import type { Deps } from './deps.ts';

export type NewModel = {
  kind: ModelKind;
  algorithm: string;
  metrics: Record<string, unknown>;
  baseline: Record<string, unknown>;
  /** `null`: the baseline itself, which needs no gate. */
  gate: Omit<GateInput, 'champion' | 'bytes' | 'maximumBytes'> | null;
  dataFrom: Date;
  dataTo: Date;
  seed: number;
  backend: string | null;
  artefact: Uint8Array;
};
/** Every API process holds its champions in memory. */
const MOST_BYTES = 256 * 1_048_576;

export type SavedModel = { id: string; version: number; status: 'champion' | 'refused' };

/**
 * Keeps a model with its artefact; through the gate it becomes champion and the old champion is retired, else it is kept as
 * refused. A new model is not compared with the champion's old number: that was measured on other days, the baseline on the same.
 */
export async function saveModel(deps: Deps, model: NewModel): Promise<SavedModel> {
  const result = model.gate
    ? gate({ ...model.gate, champion: null, bytes: model.artefact.byteLength, maximumBytes: MOST_BYTES })
    : { passed: true, checks: [] };
  const status = result.passed ? 'champion' : 'refused';
  const hash = createHash('sha256').update(model.artefact).digest('hex');
  const id = newId();
  const client = await deps.sql.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(4711003, hashtext($1))', [model.kind]);
    if (status === 'champion')
      await client.query("update models set status = 'retired' where kind = $1 and status = 'champion'", [model.kind]);
    const { rows } = await client.query<{ version: number }>(
      `insert into models (id, kind, version, status, algorithm, metrics, baseline, data_from, data_to, seed, artefact_hash, backend, promoted_at, gate)
       values ($1, $2, (select coalesce(max(version), 0) + 1 from models where kind = $2), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning version`,
      [
        id,
        model.kind,
        status,
        model.algorithm,
        JSON.stringify(model.metrics),
        JSON.stringify(model.baseline),
        model.dataFrom,
        model.dataTo,
        model.seed,
        hash,
        model.backend,
        status === 'champion' ? new Date() : null,
        JSON.stringify(result),
      ],
    );
    await client.query('insert into model_artefacts (model_id, bytes, hash) values ($1, $2, $3)', [id, Buffer.from(model.artefact), hash]);
    await client.query('commit');
    return { id, version: rows[0]?.version ?? 1, status };
  } catch (fault) {
    await client.query('rollback').catch(() => undefined);
    throw fault;
  } finally {
    client.release();
  }
}
