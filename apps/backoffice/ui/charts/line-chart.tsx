import type { Twin } from './chart-frame.tsx';
import { ChartFrame } from './chart-frame.tsx';
import { bandPath, linear, linePath, niceDomain, spread } from './scale.ts';

type LineColour = 'accent' | 'past' | 'ink' | 'gain';
interface Series {
  readonly label: string;
  readonly colour: LineColour;
  readonly isDashed?: boolean;
  /** One value per day; null leaves a gap. */
  readonly values: readonly (number | null)[];
  readonly bands?: readonly { readonly low: readonly (number | null)[]; readonly high: readonly (number | null)[] }[];
}
interface ChartEvent {
  readonly index: number;
  readonly label: string;
}
interface LineChartProps {
  readonly label: string;
  readonly caption?: string;
  readonly days: readonly string[];
  readonly series: readonly Series[];
  readonly unit: string;
  readonly formatValue: (value: number) => string;
  readonly formatDay: (day: string) => string;
  readonly window?: { readonly from: number; readonly to: number; readonly label: string };
  readonly events?: readonly ChartEvent[];
  readonly stopTexts: readonly string[];
  readonly twin: Twin;
  readonly twinLabel: string;
  readonly height?: number;
  /** For half a page: the same text size in fewer pixels. */
  readonly isHalf?: boolean;
}

const MARGIN = { top: 24, right: 124, bottom: 26, left: 56 };
const stroke = { accent: 'stroke-accent', past: 'stroke-past', ink: 'stroke-ink', gain: 'stroke-gain' } as const;
const fill = { accent: 'fill-accent', past: 'fill-past', ink: 'fill-ink', gain: 'fill-gain' } as const;

/** Lines with bands over days: zero line, labels on the lines, a shaded window, events as ticks on the axis. */
export function LineChart(props: LineChartProps) {
  const { days, series, formatValue, formatDay, window, events = [], stopTexts, height = 260, isHalf = false } = props;
  const width = isHalf ? 560 : 1_040;
  const all = series
    .flatMap((line) => [...line.values, ...(line.bands ?? []).flatMap((band) => [...band.low, ...band.high])])
    .filter((value) => value !== null);
  const { domain, ticks } = niceDomain(all);
  const bottom = height - MARGIN.bottom;
  const x = linear([0, Math.max(1, days.length - 1)], [MARGIN.left, width - MARGIN.right]);
  const y = linear(domain, [bottom, MARGIN.top]);
  const points = (values: readonly (number | null)[]) =>
    values.flatMap((value, index) => (value === null ? [] : [[x(index), y(value)] as const]));
  const labels = placeLabels(series.map((line) => y(line.values.findLast((value) => value !== null) ?? 0)));
  return (
    <ChartFrame
      label={props.label}
      caption={props.caption}
      twin={props.twin}
      twinLabel={props.twinLabel}
      isNarrow={isHalf}
      stops={stopTexts.map((text, index) => ({ x: x(index) / width, text }))}
    >
      <svg aria-hidden="true" viewBox={`0 0 ${width} ${height}`} className="block w-full" fontSize="12">
        {window ? (
          <>
            <rect
              x={x(window.from)}
              y={MARGIN.top}
              width={Math.max(2, x(window.to) - x(window.from))}
              height={bottom - MARGIN.top}
              className="fill-accent-soft"
              opacity="0.7"
            />
            <text x={Math.max(x(window.from) + 4, MARGIN.left + 4)} y={MARGIN.top + 14} className="fill-accent">
              {window.label}
            </text>
          </>
        ) : null}
        {ticks.map((tick) => (
          <g key={tick}>
            <line
              x1={MARGIN.left}
              x2={width - MARGIN.right}
              y1={y(tick)}
              y2={y(tick)}
              className={tick === 0 ? 'stroke-line-strong' : 'stroke-line'}
              strokeWidth={tick === 0 ? 1.5 : 1}
            />
            <text x={MARGIN.left - 8} y={y(tick) + 4} textAnchor="end" className="fill-muted">
              {formatValue(tick)}
            </text>
          </g>
        ))}
        <text x={0} y={11} className="fill-muted">
          {props.unit}
        </text>
        {series.flatMap((line) =>
          (line.bands ?? []).map((band) => (
            <path
              key={`${line.label}${band.high.join()}`}
              d={bandPath(points(band.high), points(band.low))}
              className={fill[line.colour]}
              opacity="0.16"
            />
          )),
        )}
        {series.map((line, index) => (
          <g key={line.label}>
            <path
              d={linePath(points(line.values))}
              fill="none"
              className={stroke[line.colour]}
              strokeWidth="2"
              strokeLinejoin="round"
              strokeDasharray={line.isDashed ? '5 4' : undefined}
            />
            <text x={width - MARGIN.right + 8} y={(labels[index] ?? 0) + 4} className={fill[line.colour]}>
              {line.label}
            </text>
          </g>
        ))}
        {events.map((event) => (
          <g key={`${event.index}${event.label}`}>
            <path d={`M${x(event.index)} ${bottom + 1}l-4 7h8z`} className="fill-warn" />
            <text x={x(event.index) + 6} y={bottom - 4} className="fill-warn" fontSize="11">
              {event.label}
            </text>
          </g>
        ))}
        {spread(days.length, isHalf ? 5 : 9).map((index) => (
          <text key={index} x={x(index)} y={height - 8} textAnchor="middle" className="fill-muted">
            {formatDay(days[index] ?? '')}
          </text>
        ))}
      </svg>
    </ChartFrame>
  );
}

/** Pushes end labels apart so that none overlaps the next. */
function placeLabels(wanted: readonly number[]): number[] {
  const order = wanted.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at);
  const placed = [...wanted];
  let previous = Number.NEGATIVE_INFINITY;
  for (const { at, index } of order) {
    previous = Math.max(at, previous + 15);
    placed[index] = previous;
  }
  return placed;
}
