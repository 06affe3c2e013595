import { AppError } from '@promolift/domain';

export const DEFAULT_PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;

/** One page of a list; `cursors[i]` belongs to `nodes[i]`. */
export type Page<Node> = { nodes: Node[]; cursors: string[]; hasNextPage: boolean; totalCount: number };

export type CursorValue = string | number | null;

/** Opaque text for a place in a list: the sort values and the id of the row there. */
export const encodeCursor = (values: readonly CursorValue[]): string => Buffer.from(JSON.stringify(values)).toString('base64url');

/** Throws BAD_USER_INPUT unless `encodeCursor` made it with `length` values. */
export function decodeCursor(cursor: string, length: number): CursorValue[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(values) && values.length === length && values.every(isCursorValue)) return values;
  } catch {
    // Falls through to the one answer for every broken cursor.
  }
  throw new AppError('BAD_USER_INPUT', 'after is not a cursor of this list', { field: ['after'] });
}

const isCursorValue = (value: unknown): value is CursorValue => value === null || typeof value === 'string' || typeof value === 'number';

/** `first` or the default of 20; throws BAD_USER_INPUT outside 1..100. */
export function pageSize(first: number | null | undefined): number {
  if (first === null || first === undefined) return DEFAULT_PAGE_SIZE;
  if (!Number.isInteger(first) || first < 1 || first > MAX_PAGE_SIZE) {
    throw new AppError('BAD_USER_INPUT', `first must be a whole number from 1 to ${MAX_PAGE_SIZE}`, { field: ['first'] });
  }
  return first;
}

/** A page from `size + 1` rows: the extra row only says that there is a next page. */
export function toPage<Row, Node>(
  rows: readonly Row[],
  size: number,
  totalCount: number,
  toNode: (row: Row) => Node,
  toCursor: (row: Row) => CursorValue[],
): Page<Node> {
  const kept = rows.slice(0, size);
  return { nodes: kept.map(toNode), cursors: kept.map((row) => encodeCursor(toCursor(row))), hasNextPage: rows.length > size, totalCount };
}
