import type { Twin } from './chart-frame.tsx';
import { ChartFrame } from './chart-frame.tsx';
import { bandPath, linear, linePath, niceDomain, spread } from './scale.ts';

export interface DepthPoint {
  readonly depth: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly text: string;
}
const WIDTH = 560;
const HEIGHT = 220;

/** Gain against depth of the discount, with its interval; `today` is the point the proposal stands on. */
export function DepthCurve({
  label,
  caption,
  points,
  today,
  todayLabel,
  formatValue,
  formatDepth,
  twin,
  twinLabel,
}: {
  label: string;
  caption: string;
  points: readonly DepthPoint[];
  today: number | null;
  todayLabel: string;
  formatValue: (value: number) => string;
  formatDepth: (value: number) => string;
  twin: Twin;
  twinLabel: string;
}) {
  const { domain, ticks } = niceDomain(points.flatMap((point) => [point.low, point.high]));
  const depths = points.map((point) => point.depth);
  const x = linear([Math.min(...depths), Math.max(...depths)], [60, WIDTH - 24]);
  const y = linear(domain, [HEIGHT - 28, 14]);
  const standing = points.find((point) => point.depth === today);
  return (
    <ChartFrame
      label={label}
      caption={caption}
      twin={twin}
      twinLabel={twinLabel}
      isNarrow
      stops={points.map((point) => ({ x: x(point.depth) / WIDTH, text: point.text }))}
    >
      <svg aria-hidden="true" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="block w-full" fontSize="12">
        {ticks.map((tick) => (
          <g key={tick}>
            <line
              x1={60}
              x2={WIDTH - 24}
              y1={y(tick)}
              y2={y(tick)}
              className={tick === 0 ? 'stroke-line-strong' : 'stroke-line'}
              strokeWidth={tick === 0 ? 1.5 : 1}
            />
            <text x={52} y={y(tick) + 4} textAnchor="end" className="fill-muted">
              {formatValue(tick)}
            </text>
          </g>
        ))}
        <path
          d={bandPath(
            points.map((point) => [x(point.depth), y(point.high)] as const),
            points.map((point) => [x(point.depth), y(point.low)] as const),
          )}
          className="fill-accent"
          opacity="0.16"
        />
        <path
          d={linePath(points.map((point) => [x(point.depth), y(point.mean)] as const))}
          fill="none"
          className="stroke-accent"
          strokeWidth="2"
        />
        {points.map((point) => (
          <circle key={point.depth} cx={x(point.depth)} cy={y(point.mean)} r="2.5" className="fill-accent" />
        ))}
        {standing ? (
          <>
            <circle cx={x(standing.depth)} cy={y(standing.mean)} r="6" className="fill-surface stroke-accent" strokeWidth="3" />
            <text x={x(standing.depth)} y={y(standing.mean) - 12} textAnchor="middle" className="fill-accent" fontWeight="600">
              {todayLabel}
            </text>
          </>
        ) : null}
        {spread(points.length, 8).map((index) => (
          <text key={index} x={x(depths[index] ?? 0)} y={HEIGHT - 8} textAnchor="middle" className="fill-muted">
            {formatDepth(depths[index] ?? 0)}
          </text>
        ))}
      </svg>
    </ChartFrame>
  );
}
