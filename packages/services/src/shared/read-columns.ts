import { type ColumnKind, type Columns, copyColumns } from '@promolift/db';
import type { Deps } from './deps.ts';

/** Columns of a query as typed arrays, by COPY. Values cannot be bound in COPY: use `literal`. */
export async function readColumns<const Kinds extends readonly ColumnKind[]>(
  { sql }: Pick<Deps, 'sql'>,
  query: string,
  kinds: Kinds,
): Promise<Columns<Kinds>> {
  const client = await sql.connect();
  let isUsable = false;
  try {
    const columns = await copyColumns(client, query, kinds);
    isUsable = true;
    return columns;
  } finally {
    // A connection that stopped inside a COPY cannot be used again.
    client.release(!isUsable);
  }
}

/** A text or time as an SQL literal (standard_conforming_strings). */
export const literal = (value: string | Date): string => `'${(value instanceof Date ? value.toISOString() : value).replaceAll("'", "''")}'`;
