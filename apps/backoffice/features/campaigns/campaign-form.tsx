'use client';
import { useState } from 'react';
import type { KindChoice, StoredPromotion } from '@/features/promotions/rule-fields.tsx';
import { RuleFields } from '@/features/promotions/rule-fields.tsx';
import type { ShopUnits } from '@/features/promotions/rule-arguments.ts';
import { ActionForm, Submit } from '@/ui/action-form.tsx';
import { Field } from '@/ui/field.tsx';
import { newKey } from '@/ui/new-key.ts';
import { Panel } from '@/ui/page.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import { saveCampaign } from './save-campaign.actions.ts';

export interface CampaignDraft {
  readonly id: string | null;
  readonly version: number;
  readonly name: string;
  readonly segmentKeys: readonly string[];
  /** `2026-11-23T09:00`, in the shop's time zone. */
  readonly startsAt: string;
  readonly endsAt: string;
  readonly budget: number | null;
  readonly maxRedemptions: number | null;
  readonly maxPerUser: number | null;
  readonly holdoutPercent: number;
  readonly priority: number;
  readonly isExclusive: boolean;
  /** Of the promotion in the form. */
  readonly needsCode: boolean;
  readonly promotion: StoredPromotion | null;
  /** Promotions beyond the first are kept as they are. */
  readonly otherPromotions: string;
}
interface CampaignFormProps {
  readonly draft: CampaignDraft;
  readonly kinds: readonly KindChoice[];
  readonly categories: readonly { readonly key: string; readonly name: string }[];
  readonly products: readonly { readonly sku: string; readonly name: string }[];
  readonly segments: readonly { readonly key: string; readonly name: string; readonly size: number }[];
  readonly money: ShopUnits;
  readonly timeZone: string;
}

/** What, who, when, how much: each part a sentence of the campaign. */
export function CampaignForm({ draft, kinds, categories, products, segments, money, timeZone }: CampaignFormProps) {
  const { t, f } = useReader();
  const [idempotencyKey] = useState(newKey);
  return (
    <ActionForm action={saveCampaign} className="grid max-w-4xl gap-4">
      <input type="hidden" name="id" value={draft.id ?? ''} />
      <input type="hidden" name="version" value={draft.version} />
      <input type="hidden" name="idempotencyKey" value={idempotencyKey} suppressHydrationWarning />
      <input type="hidden" name="minor" value={money.minor} />
      <input type="hidden" name="timeZone" value={timeZone} />
      <input type="hidden" name="otherPromotions" value={draft.otherPromotions} />
      <Panel title={t('form.what')}>
        <Field label={t('campaigns.name')} className="mb-4">
          <input name="name" required maxLength={120} defaultValue={draft.name} className="control" />
        </Field>
        <RuleFields kinds={kinds} categories={categories} products={products} money={money} initial={draft.promotion} />
        <label className="mt-4 flex items-center gap-2">
          <input type="checkbox" name="needsCode" defaultChecked={draft.needsCode} /> {t('form.needsCode')}
        </label>
      </Panel>
      <Panel title={t('form.who')} aside={t('form.whoHint')}>
        <fieldset className="flex flex-wrap gap-x-5 gap-y-2">
          <legend className="sr-only">{t('form.who')}</legend>
          {segments.map((segment) => (
            <label key={segment.key} className="flex items-center gap-2">
              <input type="checkbox" name="segmentKeys" value={segment.key} defaultChecked={draft.segmentKeys.includes(segment.key)} />
              {segment.name} <span className="text-xs text-muted">{f.number(segment.size)}</span>
            </label>
          ))}
          {segments.length === 0 ? <p className="text-muted">{t('form.noSegments')}</p> : null}
        </fieldset>
      </Panel>
      <Panel title={t('form.when')} aside={timeZone}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('form.startsAt')}>
            <input name="startsAt" type="datetime-local" required defaultValue={draft.startsAt} className="control" />
          </Field>
          <Field label={t('form.endsAt')}>
            <input name="endsAt" type="datetime-local" required defaultValue={draft.endsAt} className="control" />
          </Field>
        </div>
      </Panel>
      <Panel title={t('form.howMuch')}>
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label={t('form.budgetIn', { currency: money.currency })} hint={t('form.budgetHint')}>
            <input
              name="budget"
              type="number"
              min={0}
              step={1 / money.minor}
              required
              defaultValue={draft.budget ?? undefined}
              className="control"
            />
          </Field>
          <Field label={t('form.maxRedemptions')}>
            <input name="maxRedemptions" type="number" min={1} defaultValue={draft.maxRedemptions ?? undefined} className="control" />
          </Field>
          <Field label={t('form.maxPerUser')}>
            <input name="maxPerUser" type="number" min={1} defaultValue={draft.maxPerUser ?? undefined} className="control" />
          </Field>
          <Field label={t('settings.holdout')} hint={t('settings.holdoutHint')}>
            <input
              name="holdoutPercent"
              type="number"
              min={0}
              max={90}
              step={0.1}
              required
              defaultValue={draft.holdoutPercent}
              className="control"
            />
          </Field>
          <Field label={t('form.priority')} hint={t('form.priorityHint')}>
            <input name="priority" type="number" min={0} max={1000} defaultValue={draft.priority} className="control" />
          </Field>
          <label className="flex items-center gap-2 sm:pt-5">
            <input type="checkbox" name="isExclusive" defaultChecked={draft.isExclusive} /> {t('form.exclusive')}
          </label>
        </div>
      </Panel>
      <p className="text-xs text-muted">{t(draft.id ? 'form.editNote' : 'form.newNote')}</p>
      <div>
        <Submit>{t('common.save')}</Submit>
      </div>
    </ActionForm>
  );
}
