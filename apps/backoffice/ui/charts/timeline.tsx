import type { Twin } from './chart-frame.tsx';
import { ChartFrame } from './chart-frame.tsx';
import { linear } from './scale.ts';

export interface TimelineRow {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly from: number;
  readonly to: number;
  readonly look: 'live' | 'planned' | 'past' | 'stopped';
  /** True when its days and audience meet another one's. */
  readonly isOverlapping: boolean;
}
const WIDTH = 960;
const ROW = 40;
const BAR = 14;
const TOP = 30;
/** A little more than the mean width of a letter at 12 px. */
const LETTER = 6.6;
const DAY_MS = 86_400_000;
const looks = {
  live: 'fill-accent',
  planned: 'fill-accent-soft stroke-accent',
  past: 'fill-past',
  stopped: 'fill-surface stroke-past',
} as const;

/** Campaigns over days, today as a line; times in milliseconds. */
export function Timeline({
  label,
  rows,
  now,
  nowLabel,
  formatDay,
  twin,
  twinLabel,
  caption,
}: {
  label: string;
  rows: readonly TimelineRow[];
  now: number;
  nowLabel: string;
  formatDay: (at: string) => string;
  twin: Twin;
  twinLabel: string;
  caption: string;
}) {
  const low = Math.min(now - 7 * DAY_MS, ...rows.map((row) => row.from));
  const high = Math.max(now + 21 * DAY_MS, ...rows.map((row) => row.to));
  const x = linear([low, high], [8, WIDTH - 8]);
  const height = TOP + rows.length * ROW + 8;
  const weeks = weekStarts(low, high);
  return (
    <ChartFrame
      label={label}
      caption={caption}
      twin={twin}
      twinLabel={twinLabel}
      stops={rows
        .map((row) => ({ x: Math.max(0, Math.min(1, x((row.from + row.to) / 2) / WIDTH)), text: `${row.label}\n${row.detail}` }))
        .sort((a, b) => a.x - b.x)}
    >
      <svg aria-hidden="true" viewBox={`0 0 ${WIDTH} ${height}`} className="block w-full" fontSize="12">
        {weeks.map((at) => (
          <g key={at}>
            <line x1={x(at)} x2={x(at)} y1={TOP - 6} y2={height} className="stroke-line" />
            <text x={x(at) + 3} y={12} className="fill-muted">
              {formatDay(new Date(at).toISOString())}
            </text>
          </g>
        ))}
        {rows.map((row, index) => {
          const left = x(row.from);
          const width = Math.max(4, x(row.to) - left);
          const top = TOP + index * ROW;
          const text = `${row.isOverlapping ? '⚠ ' : ''}${row.label}`;
          return (
            <g key={row.id}>
              <rect
                x={left}
                y={top + 17}
                width={width}
                height={BAR}
                rx="4"
                className={looks[row.look]}
                opacity={row.look === 'past' ? 0.45 : 1}
                strokeWidth="1.5"
                strokeDasharray={row.look === 'stopped' ? '4 3' : undefined}
              />
              <text x={Math.max(8, Math.min(left, WIDTH - 8 - text.length * LETTER))} y={top + 12} className="fill-ink">
                {text}
              </text>
            </g>
          );
        })}
        <line x1={x(now)} x2={x(now)} y1={TOP - 8} y2={height} className="stroke-loss" strokeWidth="1.5" />
        <text x={x(now) + 4} y={TOP - 6} className="fill-loss" fontWeight="600" fontSize="11">
          {nowLabel}
        </text>
      </svg>
    </ChartFrame>
  );
}

/** At most about ten starts of weeks between two instants. */
function weekStarts(low: number, high: number): number[] {
  const step = Math.max(1, Math.ceil((high - low) / DAY_MS / 7 / 10)) * 7 * DAY_MS;
  const first = Math.ceil(low / step) * step;
  return Array.from({ length: Math.max(0, Math.ceil((high - first) / step)) }, (_, index) => first + index * step);
}
