'use client';
import type { SettingsQuery } from '@/generated/graphql.ts';
import { ActionForm, Submit } from '@/ui/action-form.tsx';
import { Field } from '@/ui/field.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import { SaveSettings } from './save-settings.tsx';
import { advanceClock, updateSettings } from './settings.actions.ts';

interface SettingsFormProps {
  readonly settings: SettingsQuery['settings'];
  readonly digits: number;
  readonly isReadOnly: boolean;
  readonly mayMoveClock: boolean;
}

export function SettingsForm({ settings, digits, isReadOnly, mayMoveClock }: SettingsFormProps) {
  const { t } = useReader();
  const major = (amountMinor: number) => amountMinor / 10 ** digits;
  const percents = [
    ['marginFloorPercent', t('settings.marginFloor'), t('settings.marginFloorHint'), settings.marginFloorBasisPoints],
    ['maxDepthPercent', t('settings.maxDepth'), t('settings.maxDepthHint'), settings.maxDepthBasisPoints],
    ['holdoutPercent', t('settings.holdout'), t('settings.holdoutHint'), settings.holdoutBasisPoints],
  ] as const;
  const sums = [
    [
      'twoApproverBudget',
      t('settings.twoApprovers', { currency: settings.currency }),
      t('settings.twoApproversHint'),
      settings.twoApproverBudget.amountMinor,
    ],
    [
      'proposalBudget',
      t('settings.proposalBudget', { currency: settings.currency }),
      t('settings.proposalBudgetHint'),
      settings.proposalBudget.amountMinor,
    ],
  ] as const;
  const priceLaws = [
    ['off', t('settings.priceLawOff')],
    ['warn', t('settings.priceLawWarn')],
    ['refuse', t('settings.priceLawRefuse')],
  ] as const;
  return (
    <>
      <ActionForm action={updateSettings} done={t('settings.saved')}>
        {/* New settings draw the fields anew; the form itself stays, or it could not say that they were saved. */}
        <fieldset key={settings.version} disabled={isReadOnly} className="grid gap-4 sm:grid-cols-2">
          <legend className="sr-only">{t('settings.guardrails')}</legend>
          <input type="hidden" name="version" value={settings.version} />
          <input type="hidden" name="digits" value={digits} />
          {percents.map(([name, label, hint, basisPoints]) => (
            <Field key={name} label={label} hint={hint}>
              <input
                name={name}
                type="number"
                min={0}
                max={100}
                step={0.01}
                required
                defaultValue={basisPoints / 100}
                className="control"
              />
            </Field>
          ))}
          {sums.map(([name, label, hint, amountMinor]) => (
            <Field key={name} label={label} hint={hint}>
              <input
                name={name}
                type="number"
                min={0}
                step={1 / 10 ** digits}
                required
                defaultValue={major(amountMinor)}
                className="control"
              />
            </Field>
          ))}
          <Field label={t('settings.priceLaw')} hint={t('settings.priceLawHint')}>
            <select name="priceLaw" defaultValue={settings.priceLaw} className="control">
              {priceLaws.map(([value, text]) => (
                <option key={value} value={value}>
                  {text}
                </option>
              ))}
            </select>
          </Field>
          <Field label={t('settings.newProducts')} hint={t('settings.newProductsHint')}>
            <select name="announcesNewProducts" defaultValue={String(settings.announcesNewProducts)} className="control">
              <option value="true">{t('settings.newProductsYes')}</option>
              <option value="false">{t('settings.newProductsNo')}</option>
            </select>
          </Field>
          <Field label={t('settings.currency')} hint={t('settings.currencyHint')}>
            <input name="currency" required maxLength={3} defaultValue={settings.currency} className="control" />
          </Field>
          <Field label={t('settings.timeZone')}>
            <input name="timeZone" required defaultValue={settings.timeZone} className="control" />
          </Field>
        </fieldset>
        <SaveSettings isReadOnly={isReadOnly} />
      </ActionForm>
      {mayMoveClock ? (
        <ActionForm action={advanceClock} className="mt-5 flex flex-wrap items-end gap-3 border-t border-line pt-4">
          <Field label={t('settings.clock')} hint={t('settings.clockHint')}>
            <input name="days" type="number" min={1} max={60} defaultValue={7} className="control" />
          </Field>
          <Submit look="plain">{t('settings.clockMove')}</Submit>
        </ActionForm>
      ) : null}
    </>
  );
}
