'use client';
import { useRef, useState } from 'react';

export interface Stop {
  /** Share of the chart's width, 0..1. */
  readonly x: number;
  readonly text: string;
}

/** Lets pointer and arrow keys walk the points of the chart beneath; says the row of the table twin. */
export function Walker({ stops, label }: { stops: readonly Stop[]; label: string }) {
  const [index, setIndex] = useState<number | null>(null);
  const area = useRef<HTMLDivElement>(null);
  const last = stops.length - 1;
  const stop = index === null ? undefined : stops[index];
  const nearest = (share: number) =>
    stops.reduce((best, candidate, at) => (Math.abs(candidate.x - share) < Math.abs((stops[best]?.x ?? 0) - share) ? at : best), 0);
  const moves: Record<string, (at: number) => number> = {
    ArrowRight: (at) => Math.min(last, at + 1),
    ArrowLeft: (at) => Math.max(0, at - 1),
    ArrowUp: (at) => Math.min(last, at + 1),
    ArrowDown: (at) => Math.max(0, at - 1),
    Home: () => 0,
    End: () => last,
    PageUp: (at) => Math.min(last, at + 7),
    PageDown: (at) => Math.max(0, at - 7),
  };
  return (
    <div
      ref={area}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, last)}
      aria-valuenow={index ?? 0}
      aria-valuetext={stop?.text ?? stops[0]?.text ?? label}
      className="absolute inset-0"
      onFocus={() => setIndex((at) => at ?? 0)}
      onBlur={() => setIndex(null)}
      onPointerMove={(event) => {
        const box = area.current?.getBoundingClientRect();
        if (box && box.width > 0) setIndex(nearest((event.clientX - box.left) / box.width));
      }}
      onPointerLeave={() => setIndex(null)}
      onKeyDown={(event) => {
        const move = moves[event.key];
        if (!move) return;
        event.preventDefault();
        setIndex((at) => move(at ?? 0));
      }}
    >
      {stop ? (
        <>
          <div className="pointer-events-none absolute top-0 bottom-0 w-px bg-line-strong" style={{ left: `${stop.x * 100}%` }} />
          <div
            className="pointer-events-none absolute top-1 z-10 max-w-72 rounded border border-line-strong bg-surface px-2 py-1 text-xs whitespace-pre-line shadow-sm"
            style={stop.x > 0.5 ? { right: `${(1 - stop.x) * 100 + 1}%` } : { left: `${stop.x * 100 + 1}%` }}
          >
            {stop.text}
          </div>
        </>
      ) : null}
    </div>
  );
}
