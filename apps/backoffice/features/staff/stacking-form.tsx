'use client';
import { useState } from 'react';
import type { SettingsQuery } from '@/generated/graphql.ts';
import { ActionForm } from '@/ui/action-form.tsx';
import { Button } from '@/ui/button.tsx';
import { Field, SelectField } from '@/ui/field.tsx';
import { newKey } from '@/ui/new-key.ts';
import { useReader } from '@/ui/reader-provider.tsx';
import { SaveSettings } from './save-settings.tsx';
import { updateStacking } from './stacking.actions.ts';

const MODES = ['all', 'first', 'best_for_shopper', 'best_for_margin'] as const;
type Settings = SettingsQuery['settings'];

/** How campaigns share a cart: groups and their modes, groups apart, the cap of an order, and how is rounded. */
export function StackingForm({ settings, isReadOnly }: { settings: Settings; isReadOnly: boolean }) {
  const { t } = useReader();
  return (
    <ActionForm action={updateStacking} done={t('settings.saved')}>
      <fieldset key={settings.version} disabled={isReadOnly} className="grid gap-4 sm:grid-cols-2">
        <legend className="sr-only">{t('stacking.title')}</legend>
        <input type="hidden" name="version" value={settings.version} />
        <GroupsField settings={settings} />
        <Field label={t('stacking.orderCap')} hint={t('stacking.orderCapHint')}>
          <input
            name="maxOrderDiscountPercent"
            type="number"
            min={0}
            max={100}
            step={0.01}
            required
            defaultValue={settings.maxOrderDiscountBasisPoints / 100}
            className="control"
          />
        </Field>
        <SelectField
          label={t('stacking.rounding')}
          name="rounding"
          defaultValue={settings.rounding}
          options={[
            ['half-even', t('stacking.round.halfEven')],
            ['half-up', t('stacking.round.halfUp')],
            ['half-down', t('stacking.round.halfDown')],
          ]}
        />
        <SelectField
          className="sm:col-span-2"
          label={t('stacking.percentBase')}
          name="percentBase"
          defaultValue={settings.percentBase}
          options={[
            ['remaining', t('stacking.base.remaining')],
            ['initial', t('stacking.base.initial')],
          ]}
        />
      </fieldset>
      <SaveSettings isReadOnly={isReadOnly} />
    </ActionForm>
  );
}

function GroupsField({ settings }: { settings: Settings }) {
  const { t, name } = useReader();
  const [groups, setGroups] = useState(() => settings.promotionGroups.map((group, index) => ({ ...group, id: String(index) })));
  const [pairs, setPairs] = useState(() => settings.separateGroups.map((pair, index) => ({ id: String(index), keys: [...pair] })));
  const keys = [...new Set(groups.map(({ key }) => key).filter(Boolean))];
  return (
    <>
      <input type="hidden" name="promotionGroups" value={JSON.stringify(groups.map(({ key, mode }) => ({ key, mode })))} />
      <input type="hidden" name="separateGroups" value={JSON.stringify(pairs.map((pair) => pair.keys))} />
      <fieldset className="sm:col-span-2">
        <legend className="mb-1 text-xs font-medium text-muted">{t('stacking.groups')}</legend>
        <ol className="grid gap-2">
          {groups.map((group, index) => (
            <li key={group.id} className="grid grid-cols-2 items-end gap-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,2fr)_auto]">
              <input
                className="control"
                aria-label={t('stacking.groupKey', { number: index + 1 })}
                value={group.key}
                required
                maxLength={60}
                pattern="[a-z0-9][a-z0-9_\-]*"
                onChange={(event) => setGroups(groups.map((one) => (one.id === group.id ? { ...one, key: event.target.value } : one)))}
              />
              <select
                className="control"
                aria-label={t('stacking.groupMode', { number: index + 1 })}
                value={group.mode}
                onChange={(event) => setGroups(groups.map((one) => (one.id === group.id ? { ...one, mode: event.target.value } : one)))}
              >
                {MODES.map((mode) => (
                  <option key={mode} value={mode}>
                    {name('groupMode', mode)}
                  </option>
                ))}
              </select>
              <Button look="quiet" onClick={() => setGroups(groups.filter((one) => one.id !== group.id))}>
                {t('stacking.removeGroup', { number: index + 1 })}
              </Button>
            </li>
          ))}
        </ol>
        <Button className="mt-2" onClick={() => setGroups([...groups, { id: newKey(), key: '', mode: 'first' }])}>
          {t('stacking.addGroup')}
        </Button>
      </fieldset>
      <fieldset className="sm:col-span-2">
        <legend className="mb-1 text-xs font-medium text-muted">{t('stacking.apart')}</legend>
        <ol className="grid gap-2">
          {pairs.map((pair, index) => (
            <li key={pair.id} className="grid grid-cols-2 items-end gap-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]">
              {[0, 1].map((side) => (
                <select
                  key={side}
                  className="control"
                  aria-label={t('stacking.pairSide', { number: index + 1, side: side + 1 })}
                  value={pair.keys[side] ?? ''}
                  onChange={(event) =>
                    setPairs(
                      pairs.map((one) =>
                        one.id === pair.id
                          ? { ...one, keys: one.keys.map((key, place) => (place === side ? event.target.value : key)) }
                          : one,
                      ),
                    )
                  }
                >
                  {[...new Set([...keys, ...pair.keys])].map((key) => (
                    <option key={key} value={key}>
                      {key}
                    </option>
                  ))}
                </select>
              ))}
              <Button look="quiet" onClick={() => setPairs(pairs.filter((one) => one.id !== pair.id))}>
                {t('stacking.removePair', { number: index + 1 })}
              </Button>
            </li>
          ))}
        </ol>
        <Button className="mt-2" disabled={keys.length < 2} onClick={() => setPairs([...pairs, { id: newKey(), keys: keys.slice(0, 2) }])}>
          {t('stacking.addPair')}
        </Button>
        {keys.length < 2 ? <p className="mt-1 text-xs text-muted">{t('stacking.twoGroups')}</p> : null}
      </fieldset>
    </>
  );
}
