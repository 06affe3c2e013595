'use client';
import { useState } from 'react';
import { ActionForm, Submit } from '@/ui/action-form.tsx';
import { Field, SelectField } from '@/ui/field.tsx';
import { newKey } from '@/ui/new-key.ts';
import { useReader } from '@/ui/reader-provider.tsx';
import { createCodeBatch } from './codes.actions.ts';

/** Makes codes. A key is used until its request was done, so that a second press cannot make a second batch. */
export function CodeBatchForm({
  campaignId,
  promotions,
}: {
  campaignId: string;
  promotions: readonly (readonly [id: string, text: string])[];
}) {
  const { t } = useReader();
  const [key, setKey] = useState('');
  const [variant, setVariant] = useState('open');
  return (
    <ActionForm
      action={(previous, form) => {
        const used = key || newKey();
        setKey(used);
        form.set('idempotencyKey', used);
        return createCodeBatch(previous, form);
      }}
      onDone={() => setKey('')}
      done={t('codes.made')}
      label={t('codes.makeTitle')}
      className="grid gap-3 sm:grid-cols-2"
    >
      <input type="hidden" name="campaignId" value={campaignId} />
      <SelectField label={t('codes.promotion')} name="promotionId" options={promotions} className="col-span-full" />
      <Field
        label={t('codes.variant')}
        hint={t(`codes.variantHint.${variant === 'assigned' ? 'assigned' : 'open'}`)}
        className="col-span-full"
      >
        <select name="variant" value={variant} onChange={(event) => setVariant(event.target.value)} className="control">
          <option value="open">{t('codeVariant.open')}</option>
          <option value="assigned">{t('codeVariant.assigned')}</option>
        </select>
      </Field>
      {variant === 'open' ? (
        <Field label={t('codes.size')}>
          <input name="size" type="number" min={1} max={100_000_000} step={1} required defaultValue={1_000} className="control" />
        </Field>
      ) : null}
      <Field label={t('codes.useLimit')}>
        <input name="useLimit" type="number" min={1} step={1} required defaultValue={1} className="control" />
      </Field>
      <Field label={t('codes.prefix')} hint={t('codes.prefixHint')} className="col-span-full">
        <input name="prefix" maxLength={20} pattern="[A-Za-z0-9]*" autoComplete="off" className="control" />
      </Field>
      <Field label={t('codes.from')} hint={t('codes.windowHint')}>
        <input name="startsAt" type="datetime-local" className="control" />
      </Field>
      <Field label={t('codes.until')} hint={t('codes.windowHint')}>
        <input name="endsAt" type="datetime-local" className="control" />
      </Field>
      <div className="col-span-full">
        <Submit>{t('codes.make')}</Submit>
      </div>
    </ActionForm>
  );
}
