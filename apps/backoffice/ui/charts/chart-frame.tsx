import type { ReactNode } from 'react';
import type { Stop } from './walker.tsx';
import { Walker } from './walker.tsx';

export interface Twin {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A picture with its table twin. The picture itself is hidden from readers: the walker and the table say the same. */
export function ChartFrame({
  label,
  caption,
  stops,
  twin,
  twinLabel,
  isNarrow = false,
  children,
}: {
  label: string;
  caption?: ReactNode;
  stops: readonly Stop[];
  twin: Twin;
  twinLabel: string;
  /** Fits a phone without scrolling. */
  isNarrow?: boolean;
  children: ReactNode;
}) {
  return (
    <figure className="min-w-0">
      <div className="chart-scroll">
        <div className={isNarrow ? 'chart-narrow' : 'chart-canvas'}>
          {children}
          {stops.length > 0 ? <Walker stops={stops} label={label} /> : null}
        </div>
      </div>
      {caption ? <figcaption className="mt-1 text-xs text-muted">{caption}</figcaption> : null}
      <details className="mt-2 text-xs">
        <summary className="w-fit text-muted">{twinLabel}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling with the keyboard needs a focusable region */}
        <section className="mt-2 max-h-72 overflow-auto rounded border border-line" tabIndex={0} aria-label={label}>
          <table className="w-full">
            <caption className="sr-only">{label}</caption>
            <thead>
              <tr className="sticky top-0 bg-sunken">
                {twin.head.map((cell, index) => (
                  <th key={cell} scope="col" className={`px-2 py-1 font-medium ${index === 0 ? 'text-left' : 'text-right'}`}>
                    {cell}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {twin.rows.map((row) => (
                <tr key={row.join('|')} className="border-t border-line">
                  {row.map((cell, index) => (
                    <td key={twin.head[index]} className={`px-2 py-1 ${index === 0 ? 'text-left' : 'text-right'}`}>
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  );
}
