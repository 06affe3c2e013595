import { linear, linePath } from './scale.ts';

/** A line without axes beside a number that says the same; dashed = if nothing is done. */
export function Spark({ values, baseline }: { values: readonly number[]; baseline?: readonly number[] }) {
  const all = [...values, ...(baseline ?? [])];
  if (values.length < 2) return null;
  const x = linear([0, values.length - 1], [1, 95]);
  const y = linear([Math.min(0, ...all), Math.max(1, ...all)], [27, 3]);
  const path = (line: readonly number[]) => linePath(line.map((value, index) => [x(index), y(value)] as const));
  return (
    <svg aria-hidden="true" width="96" height="30" viewBox="0 0 96 30" className="shrink-0">
      <line x1="1" x2="95" y1={y(0)} y2={y(0)} className="stroke-line" />
      {baseline ? <path d={path(baseline)} fill="none" className="stroke-past" strokeDasharray="3 2" strokeWidth="1.25" /> : null}
      <path d={path(values)} fill="none" className="stroke-accent" strokeWidth="1.75" />
    </svg>
  );
}
