import type { Pool } from 'pg';
import { type CursorValue, decodeCursor, type Page, pageSize, toPage } from './page.ts';

export type PageRequest = { first?: number | null | undefined; after?: string | null | undefined };

/** `from` is a from-clause with its where; `order` is one never-null SQL expression of the row `alias`, whose id breaks ties. */
export type ListQuery = {
  columns: string;
  from: string;
  values: unknown[];
  order: { expression: string; type: string; isDescending: boolean };
};

/** One page of a list by keyset: reading page 1,000 costs as much as page 1. Rows carry their sort value as `sortValue`. */
export async function listPage<Row extends { id: string }>(sql: Pool, request: PageRequest, query: ListQuery): Promise<Page<Row>> {
  const size = pageSize(request.first);
  const { expression, type, isDescending } = query.order;
  const values = [...query.values];
  let beyond = '';
  if (request.after) {
    values.push(...decodeCursor(request.after, 2));
    beyond = `where ("sortValue", id) ${isDescending ? '<' : '>'} ($${values.length - 1}::${type}, $${values.length}::uuid)`;
  }
  const direction = isDescending ? 'desc' : 'asc';
  values.push(size + 1);
  const text = `select * from (select ${query.columns}, (${expression})::${type} as "sortValue" from ${query.from}) listed
    ${beyond} order by "sortValue" ${direction}, id ${direction} limit $${values.length}`;
  const [{ rows }, counted] = await Promise.all([
    sql.query<Row & { sortValue: CursorValue | Date }>(text, values),
    sql.query<{ count: number }>(`select count(*) as count from ${query.from}`, query.values),
  ]);
  return toPage(
    rows,
    size,
    counted.rows[0]?.count ?? 0,
    (row): Row => row,
    (row) => [row.sortValue instanceof Date ? row.sortValue.toISOString() : row.sortValue, row.id],
  );
}

/** Text for `like` that stands for itself. */
export const containing = (text: string): string =>
  `%${text
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
