'use client';
import { useEffect, useRef, useState } from 'react';
import type { Sum } from '@/lib/format.ts';
import { Problems } from '@/ui/action-form.tsx';
import { Button } from '@/ui/button.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Figure, Figures } from '@/ui/page.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import type { WhatIfAnswer } from './simulate.actions.ts';
import { simulate } from './simulate.actions.ts';

interface WhatIfProps {
  readonly campaignId: string;
  /** Basis points; null where the rule has no depth to change. */
  readonly depth: number | null;
  readonly days: number;
  readonly budget: Sum;
  readonly segments: readonly { readonly key: string; readonly name: string }[];
}
const SETTLE_MS = 150;

/** Moves gain, cost and reach with the sliders; asks the API once the hand rests. */
export function WhatIf({ campaignId, depth, days, budget, segments }: WhatIfProps) {
  const { t, f } = useReader();
  const start = { depth: depth ?? 0, days, budget: 100, segments: segments.map((segment) => segment.key) };
  const [terms, setTerms] = useState(start);
  const [answer, setAnswer] = useState<WhatIfAnswer | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const asked = useRef(0);
  const budgetMinor = Math.round((budget.amountMinor * terms.budget) / 100);
  const isChanged = JSON.stringify(terms) !== JSON.stringify(start);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the terms are what is asked about; the rest never changes
  useEffect(() => {
    const turn = ++asked.current;
    const timer = setTimeout(async () => {
      setIsBusy(true);
      const next = await simulate({
        campaignId,
        days: terms.days,
        budgetMinor,
        ...(depth === null ? {} : { depthBasisPoints: terms.depth }),
        ...(terms.segments.length > 0 ? { segmentKeys: terms.segments } : {}),
      });
      // An answer to an older question must not replace a newer one.
      if (turn !== asked.current) return;
      setAnswer(next);
      setIsBusy(false);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [terms]);

  const simulation = answer?.simulation;
  const failed = simulation?.guardrails.filter((guardrail) => !guardrail.passed) ?? [];
  return (
    <div>
      <div className="grid gap-x-6 gap-y-3 sm:grid-cols-3">
        {depth === null ? null : (
          <Slider
            label={t('whatIf.depth')}
            value={terms.depth}
            text={f.basisPoints(terms.depth)}
            min={100}
            max={6_000}
            step={100}
            onChange={(value) => setTerms({ ...terms, depth: value })}
          />
        )}
        <Slider
          label={t('whatIf.days')}
          value={terms.days}
          text={t('unit.days', { count: terms.days })}
          min={1}
          max={42}
          step={1}
          onChange={(value) => setTerms({ ...terms, days: value })}
        />
        <Slider
          label={t('whatIf.budget')}
          value={terms.budget}
          text={f.money({ amountMinor: budgetMinor, currency: budget.currency }, { stepMinor: 100 })}
          min={10}
          max={300}
          step={5}
          onChange={(value) => setTerms({ ...terms, budget: value })}
        />
      </div>
      {segments.length > 1 ? (
        <fieldset className="mt-3 flex flex-wrap gap-x-4 gap-y-1">
          <legend className="mb-1 text-xs font-medium text-muted">{t('whatIf.audience')}</legend>
          {segments.map((segment) => (
            <label key={segment.key} className="flex items-center gap-2">
              <input
                type="checkbox"
                checked={terms.segments.includes(segment.key)}
                onChange={(event) =>
                  setTerms({
                    ...terms,
                    segments: event.target.checked ? [...terms.segments, segment.key] : terms.segments.filter((key) => key !== segment.key),
                  })
                }
              />
              {segment.name}
            </label>
          ))}
        </fieldset>
      ) : null}
      <div aria-live="polite" aria-busy={isBusy} className={`mt-4 ${isBusy ? 'opacity-60' : ''}`}>
        {simulation?.incrementalMargin && simulation.discountCost ? (
          <Figures>
            <Figure
              label={t('figure.margin')}
              value={f.gain(simulation.incrementalMargin)}
              tone={simulation.incrementalMargin.mean.amountMinor < 0 ? 'loss' : 'gain'}
              detail={`80%: ${f.interval(simulation.incrementalMargin)}`}
            />
            <Figure
              label={t('figure.discount')}
              value={f.gain(simulation.discountCost, false)}
              detail={`80%: ${f.interval(simulation.discountCost)}`}
            />
            <Figure
              label={t('whatIf.reach')}
              value={typeof simulation.reach === 'number' ? f.number(simulation.reach) : '–'}
              detail={t('unit.users')}
            />
          </Figures>
        ) : null}
        {failed.length > 0 ? (
          <p className="mt-3 flex items-center gap-2 text-loss">
            <Icon name="warn" size={16} /> {t('whatIf.breaks', { names: f.list(failed.map((guardrail) => f.text(guardrail.label))) })}
          </p>
        ) : null}
        <Problems problems={answer?.problems ?? []} />
      </div>
      {isChanged ? (
        <div className="mt-3">
          <Button onClick={() => setTerms(start)}>{t('whatIf.reset')}</Button>
        </div>
      ) : null}
    </div>
  );
}

function Slider({
  label,
  value,
  text,
  min,
  max,
  step,
  onChange,
}: {
  label: string;
  value: number;
  text: string;
  min: number;
  max: number;
  step: number;
  onChange: (value: number) => void;
}) {
  return (
    <label className="block">
      <span className="flex justify-between gap-2 text-xs">
        <span className="font-medium text-muted">{label}</span> <span className="font-semibold">{text}</span>
      </span>
      <input
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={text}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    </label>
  );
}
