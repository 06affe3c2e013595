'use client';
import { useCallback, useRef, useState } from 'react';
import type { Nameable } from '@/features/promotions/argument-field.tsx';
import type { ConditionChoice } from '@/features/promotions/condition-tree.ts';
import type { StoredPromotion } from '@/features/promotions/promotions-editor.tsx';
import { PromotionsEditor } from '@/features/promotions/promotions-editor.tsx';
import { ActionForm, Submit } from '@/ui/action-form.tsx';
import { Field } from '@/ui/field.tsx';
import { newKey } from '@/ui/new-key.ts';
import { Panel } from '@/ui/page.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import { BudgetFields, GroupFields } from './caps-and-budget.tsx';
import type { StoredLimit } from './limits-editor.tsx';
import { LimitsEditor } from './limits-editor.tsx';
import { RehearsalPanel } from './rehearsal-panel.tsx';
import { saveCampaign } from './save-campaign.actions.ts';
import { useRehearsal } from './use-rehearsal.ts';

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
  readonly group: string;
  readonly maxPerLine: number | null;
  readonly maxPerCart: number | null;
  readonly limits: readonly StoredLimit[];
  readonly sharedBudgetKey: string;
  readonly onBudgetShort: 'partial' | 'refuse';
  readonly promotions: readonly StoredPromotion[];
}
interface CampaignFormProps extends Nameable {
  readonly draft: CampaignDraft;
  readonly kinds: readonly ConditionChoice[];
  readonly conditionKinds: readonly ConditionChoice[];
  readonly segments: readonly { readonly key: string; readonly name: string; readonly size: number }[];
  readonly groups: readonly { readonly key: string; readonly mode: string }[];
  readonly sharedBudgets: readonly { readonly key: string; readonly name: string }[];
  readonly timeZone: string;
  /** Rehearsing is for analysts and above. */
  readonly mayRehearse: boolean;
}

/** What, who, when, how much: each part a sentence of the campaign. */
export function CampaignForm(props: CampaignFormProps) {
  const { draft, kinds, conditionKinds, categories, products, segments, money, timeZone, groups, sharedBudgets, mayRehearse } = props;
  const { t, f } = useReader();
  const [idempotencyKey] = useState(newKey);
  const frame = useRef<HTMLDivElement>(null);
  const form = useCallback(() => (mayRehearse ? (frame.current?.querySelector('form') ?? null) : null), [mayRehearse]);
  const { look, stop, ...rehearsing } = useRehearsal(form);
  return (
    // Only listens to what its controls let through.
    // biome-ignore lint/a11y/noStaticElementInteractions: no control of its own
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys on buttons arrive as clicks
    <div ref={frame} onInput={look} onClick={look} className="grid items-start gap-4 xl:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
      <ActionForm action={saveCampaign} className="grid gap-4">
        <input type="hidden" name="id" value={draft.id ?? ''} />
        <input type="hidden" name="version" value={draft.version} />
        <input type="hidden" name="idempotencyKey" value={idempotencyKey} suppressHydrationWarning />
        <input type="hidden" name="minor" value={money.minor} />
        <input type="hidden" name="timeZone" value={timeZone} />
        <Panel title={t('form.what')}>
          <Field label={t('campaigns.name')} className="mb-4">
            <input name="name" required maxLength={120} defaultValue={draft.name} className="control" />
          </Field>
          <PromotionsEditor
            kinds={kinds}
            conditionKinds={conditionKinds}
            categories={categories}
            products={products}
            money={money}
            initial={draft.promotions}
          />
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
            <BudgetFields draft={draft} money={money} sharedBudgets={sharedBudgets} />
          </div>
          <LimitsEditor initial={draft.limits} currency={money.currency} minor={money.minor} />
        </Panel>
        <Panel title={t('form.together')} aside={t('form.togetherHint')}>
          <GroupFields draft={draft} groups={groups} />
        </Panel>
        <p className="text-xs text-muted">{t(draft.id ? 'form.editNote' : 'form.newNote')}</p>
        <div>
          <Submit>{t('common.save')}</Submit>
        </div>
      </ActionForm>
      {mayRehearse ? (
        <div className="xl:sticky xl:top-4">
          <RehearsalPanel {...rehearsing} onStop={stop} />
        </div>
      ) : null}
    </div>
  );
}
