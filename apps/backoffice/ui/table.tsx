import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly key: string;
  readonly head: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  readonly isNumber?: boolean;
  /** Hidden on narrow screens. */
  readonly isMinor?: boolean;
}

/** The one table of the backoffice. `caption` is read out; the first column heads its row. */
export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
}: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}) {
  const shape = (column: Column<Row>) =>
    `${column.isNumber ? 'text-right whitespace-nowrap' : 'text-left'} ${column.isMinor ? 'max-md:hidden' : ''} px-3 first:pl-4 last:pr-4`;
  return (
    // A scrolled region must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling with the keyboard needs a focusable region
    <section className="overflow-x-auto" tabIndex={0} aria-label={caption}>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-xs text-muted">
            {columns.map((column) => (
              <th key={column.key} scope="col" className={`${shape(column)} py-2 font-medium whitespace-nowrap`}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="border-b border-line last:border-0 hover:bg-sunken/60">
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.key} scope="row" className={`${shape(column)} py-2 align-top font-normal`}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} className={`${shape(column)} py-2 align-top`}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
