import type { Twin } from './chart-frame.tsx';
import { ChartFrame } from './chart-frame.tsx';
import { linear, niceDomain } from './scale.ts';

export interface BarRow {
  readonly label: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly text: string;
  readonly colour: 'accent' | 'past';
}
const WIDTH = 520;
const ROW = 44;

/** Horizontal bars with interval whiskers from a visible zero line. */
export function BarChart({
  label,
  rows,
  formatValue,
  twin,
  twinLabel,
}: {
  label: string;
  rows: readonly BarRow[];
  formatValue: (value: number) => string;
  twin: Twin;
  twinLabel: string;
}) {
  const { domain, ticks } = niceDomain(rows.flatMap((row) => [row.low, row.high, row.value]));
  const height = rows.length * ROW + 28;
  const x = linear(domain, [84, WIDTH - 28]);
  return (
    <ChartFrame label={label} twin={twin} twinLabel={twinLabel} isNarrow stops={[]}>
      <svg aria-hidden="true" viewBox={`0 0 ${WIDTH} ${height}`} className="block w-full" fontSize="12">
        {ticks.map((tick) => (
          <g key={tick}>
            <line
              x1={x(tick)}
              x2={x(tick)}
              y1={0}
              y2={height - 24}
              className={tick === 0 ? 'stroke-line-strong' : 'stroke-line'}
              strokeWidth={tick === 0 ? 1.5 : 1}
            />
            <text x={x(tick)} y={height - 8} textAnchor="middle" className="fill-muted">
              {formatValue(tick)}
            </text>
          </g>
        ))}
        {rows.map((row, index) => {
          const middle = index * ROW + ROW / 2;
          return (
            <g key={row.label}>
              <text x={0} y={middle + 4} className="fill-ink">
                {row.label}
              </text>
              <rect
                x={Math.min(x(0), x(row.value))}
                y={middle - 9}
                width={Math.abs(x(row.value) - x(0))}
                height={18}
                rx="2"
                className={row.colour === 'accent' ? 'fill-accent' : 'fill-past'}
                opacity="0.45"
              />
              <line x1={x(row.low)} x2={x(row.high)} y1={middle} y2={middle} className="stroke-ink" strokeWidth="2" />
              <line x1={x(row.low)} x2={x(row.low)} y1={middle - 5} y2={middle + 5} className="stroke-ink" strokeWidth="2" />
              <line x1={x(row.high)} x2={x(row.high)} y1={middle - 5} y2={middle + 5} className="stroke-ink" strokeWidth="2" />
              <text x={x(row.low)} y={middle - 12} className="fill-muted" fontSize="11">
                {row.text}
              </text>
            </g>
          );
        })}
      </svg>
    </ChartFrame>
  );
}
