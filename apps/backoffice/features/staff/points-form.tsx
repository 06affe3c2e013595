'use client';
import { useState } from 'react';
import type { SettingsQuery } from '@/generated/graphql.ts';
import { ActionForm } from '@/ui/action-form.tsx';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { newKey } from '@/ui/new-key.ts';
import { useReader } from '@/ui/reader-provider.tsx';
import { updatePointsSettings } from './points.actions.ts';
import { SaveSettings } from './save-settings.tsx';

type Settings = SettingsQuery['settings'];

/** What points are worth, when they can be spent, and when they run out. */
export function PointsForm({ settings, isReadOnly }: { settings: Settings; isReadOnly: boolean }) {
  const { t } = useReader();
  return (
    <ActionForm action={updatePointsSettings} done={t('settings.saved')}>
      <fieldset key={settings.version} disabled={isReadOnly} className="grid gap-4 sm:grid-cols-2">
        <legend className="sr-only">{t('pointsSettings.title')}</legend>
        <input type="hidden" name="version" value={settings.version} />
        <RatesField settings={settings} />
        <Field label={t('pointsSettings.returnWindow')} hint={t('pointsSettings.returnWindowHint')}>
          <input
            name="returnWindowDays"
            type="number"
            min={0}
            max={366}
            required
            defaultValue={settings.returnWindowDays}
            className="control"
          />
        </Field>
        <Field label={t('pointsSettings.expire')} hint={t('pointsSettings.expireHint')}>
          <input
            name="pointsExpireDays"
            type="number"
            min={0}
            max={3660}
            required
            defaultValue={settings.pointsExpireDays}
            className="control"
          />
        </Field>
      </fieldset>
      <SaveSettings isReadOnly={isReadOnly} />
    </ActionForm>
  );
}

function RatesField({ settings }: { settings: Settings }) {
  const { t } = useReader();
  const [rows, setRows] = useState(() =>
    settings.pointsRates.map(({ currency, pointsPerMinor }) => ({ id: currency, currency, points: String(pointsPerMinor) })),
  );
  const change = (id: string, changed: Partial<(typeof rows)[number]>) =>
    setRows(rows.map((row) => (row.id === id ? { ...row, ...changed } : row)));
  const rates = rows.map(({ currency, points }) => ({ currency: currency.trim().toUpperCase(), pointsPerMinor: Number(points) }));
  return (
    <fieldset className="sm:col-span-2">
      <input type="hidden" name="pointsRates" value={JSON.stringify(rates)} />
      <legend className="mb-1 text-xs font-medium text-muted">{t('pointsSettings.rates')}</legend>
      <p className="mb-2 text-xs text-muted">{t('pointsSettings.ratesHint')}</p>
      <ol className="grid gap-2">
        {rows.map((row, index) => (
          <li key={row.id} className="grid grid-cols-2 items-end gap-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,2fr)_auto]">
            <input
              className="control"
              aria-label={t('pointsSettings.currencyOf', { number: index + 1 })}
              value={row.currency}
              required
              pattern="[A-Za-z]{3}"
              maxLength={3}
              onChange={(event) => change(row.id, { currency: event.target.value })}
            />
            <input
              className="control"
              aria-label={t('pointsSettings.rateOf', { number: index + 1 })}
              type="number"
              min={1}
              max={10_000}
              required
              value={row.points}
              onChange={(event) => change(row.id, { points: event.target.value })}
            />
            <Button look="quiet" onClick={() => setRows(rows.filter(({ id }) => id !== row.id))}>
              {t('pointsSettings.remove', { number: index + 1 })}
            </Button>
          </li>
        ))}
      </ol>
      <Button
        className="mt-2"
        onClick={() => setRows([...rows, { id: newKey(), currency: rows.length === 0 ? settings.currency : '', points: '1' }])}
      >
        {t('pointsSettings.add')}
      </Button>
    </fieldset>
  );
}
