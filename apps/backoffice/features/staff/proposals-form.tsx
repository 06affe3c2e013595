'use client';
import type { SettingsQuery } from '@/generated/graphql.ts';
import { ActionForm } from '@/ui/action-form.tsx';
import { Field } from '@/ui/field.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import { updateProposalSettings } from './points.actions.ts';
import { SaveSettings } from './save-settings.tsx';

/** What a proposal must promise and whom it may be for, and how long it waits. */
export function ProposalsForm({ settings, isReadOnly }: { settings: SettingsQuery['settings']; isReadOnly: boolean }) {
  const { t } = useReader();
  const fields = [
    [
      'gainPercent',
      t('proposalSettings.gain'),
      t('proposalSettings.gainHint'),
      settings.minimumGainProbabilityBasisPoints / 100,
      { min: 0, max: 100, step: 0.01 },
    ],
    ['segmentSize', t('proposalSettings.segmentSize'), t('proposalSettings.segmentSizeHint'), settings.minimumSegmentSize, { min: 1 }],
    ['windowDays', t('proposalSettings.window'), t('proposalSettings.windowHint'), settings.maxWindowDays, { min: 1, max: 366 }],
    ['expireDays', t('proposalSettings.expire'), t('proposalSettings.expireHint'), settings.proposalTtlDays, { min: 1, max: 366 }],
  ] as const;
  return (
    <ActionForm action={updateProposalSettings} done={t('settings.saved')}>
      <fieldset key={settings.version} disabled={isReadOnly} className="grid gap-4 sm:grid-cols-2">
        <legend className="sr-only">{t('proposalSettings.title')}</legend>
        <input type="hidden" name="version" value={settings.version} />
        {fields.map(([name, label, hint, value, bounds]) => (
          <Field key={name} label={label} hint={hint}>
            <input name={name} type="number" required {...bounds} defaultValue={value} className="control" />
          </Field>
        ))}
      </fieldset>
      <SaveSettings isReadOnly={isReadOnly} />
    </ActionForm>
  );
}
