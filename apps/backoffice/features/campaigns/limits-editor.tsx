'use client';
import { useState } from 'react';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { newKey } from '@/ui/new-key.ts';
import { useReader } from '@/ui/reader-provider.tsx';

const DIMENSIONS = ['user', 'guest', 'code', 'segment'] as const;
const PERIODS = ['none', 'hour', 'day', 'week', 'month', 'year'] as const;
type Dimension = (typeof DIMENSIONS)[number];
type Period = (typeof PERIODS)[number];

export interface StoredLimit {
  readonly per: readonly Dimension[];
  readonly period: Period;
  readonly maxUses?: number | null;
  readonly maxMinor?: number | null;
}
interface LimitDraft extends StoredLimit {
  readonly key: string;
}

/** Limits on uses and money per shopper, guest, code or segment and period; they go into one hidden field. */
export function LimitsEditor({ initial, currency, minor }: { initial: readonly StoredLimit[]; currency: string; minor: number }) {
  const { t } = useReader();
  const [limits, setLimits] = useState<readonly LimitDraft[]>(() => initial.map((limit, index) => ({ ...limit, key: String(index) })));
  const change = (key: string, part: Partial<StoredLimit>) =>
    setLimits((before) => before.map((limit) => (limit.key === key ? { ...limit, ...part } : limit)));
  const whole = (text: string) => (text === '' ? null : Math.round(Number(text)));
  return (
    <fieldset className="mt-4 border-t border-line pt-3">
      <legend className="sr-only">{t('limits.title')}</legend>
      <input type="hidden" name="limits" value={JSON.stringify(limits.map(({ key: _, ...limit }) => limit))} />
      <p className="mb-2 text-xs font-medium text-muted">{limits.length > 0 ? t('limits.title') : t('limits.none')}</p>
      <ol className="grid gap-3">
        {limits.map((limit, index) => (
          <li key={limit.key} className="grid items-end gap-3 rounded-md border border-line p-3 sm:grid-cols-4">
            <fieldset className="sm:col-span-4">
              <legend className="mb-1 text-xs font-medium text-muted">{t('limits.per', { number: index + 1 })}</legend>
              <div className="flex flex-wrap gap-x-4 gap-y-2">
                {DIMENSIONS.map((dimension) => (
                  <label key={dimension} className="flex items-center gap-2">
                    <input
                      type="checkbox"
                      checked={limit.per.includes(dimension)}
                      onChange={(event) =>
                        change(limit.key, {
                          per: event.target.checked ? [...limit.per, dimension] : limit.per.filter((one) => one !== dimension),
                        })
                      }
                    />
                    {t(`limits.dimension.${dimension}`)}
                  </label>
                ))}
              </div>
            </fieldset>
            <Field label={t('limits.every')}>
              <select
                className="control"
                value={limit.period}
                onChange={(event) => change(limit.key, { period: PERIODS.find((period) => period === event.target.value) ?? 'none' })}
              >
                {PERIODS.map((period) => (
                  <option key={period} value={period}>
                    {t(`limits.period.${period}`)}
                  </option>
                ))}
              </select>
            </Field>
            <Field label={t('limits.uses')}>
              <input
                className="control"
                type="number"
                min={1}
                value={limit.maxUses ?? ''}
                onChange={(event) => change(limit.key, { maxUses: whole(event.target.value) })}
              />
            </Field>
            <Field label={t('limits.money', { currency })}>
              <input
                className="control"
                type="number"
                min={0}
                step={1 / minor}
                value={limit.maxMinor == null ? '' : limit.maxMinor / minor}
                onChange={(event) =>
                  change(limit.key, { maxMinor: event.target.value === '' ? null : Math.round(Number(event.target.value) * minor) })
                }
              />
            </Field>
            <Button look="quiet" onClick={() => setLimits(limits.filter(({ key }) => key !== limit.key))}>
              {t('limits.remove', { number: index + 1 })}
            </Button>
          </li>
        ))}
      </ol>
      <Button className="mt-2" onClick={() => setLimits([...limits, { key: newKey(), per: ['user'], period: 'day', maxUses: 1 }])}>
        {t('limits.add')}
      </Button>
    </fieldset>
  );
}
