import type { EvidenceModel } from '@promolift/domain';
import type { Pool } from 'pg';

export type ChampionModel = EvidenceModel & { id: string; dataFrom: Date | null; dataTo: Date | null };

type Row = {
  id: string;
  kind: string;
  version: number;
  algorithm: string;
  metrics: Record<string, unknown>;
  baseline: Record<string, unknown>;
  data_from: Date | null;
  data_to: Date | null;
};

/** The models that have a say in proposals, with their first metric that has a baseline, else their first. */
export async function readChampions(sql: Pool): Promise<ChampionModel[]> {
  const { rows } = await sql.query<Row>(
    "select id, kind, version, algorithm, metrics, baseline, data_from, data_to from models where status = 'champion' and kind in ('demand', 'elasticity', 'response', 'propensity', 'segmentation') order by kind",
  );
  return rows.map((row) => {
    const numbers = Object.entries(row.metrics).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1]),
    );
    const [metric, value] = numbers.find(([name]) => typeof row.baseline[name] === 'number') ?? numbers[0] ?? [null, null];
    const base = metric === null ? null : row.baseline[metric];
    return {
      id: row.id,
      kind: row.kind,
      version: row.version,
      algorithm: row.algorithm,
      metric,
      value,
      baseline: typeof base === 'number' ? base : null,
      dataFrom: row.data_from,
      dataTo: row.data_to,
    };
  });
}
