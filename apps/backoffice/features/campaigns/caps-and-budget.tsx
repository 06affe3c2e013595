'use client';
import type { ShopUnits } from '@/features/promotions/rule-arguments.ts';
import { Field, SelectField } from '@/ui/field.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import type { CampaignDraft } from './campaign-form.tsx';

/** Caps for a line and a cart, the budget shared with others, and what happens when it runs short. */
export function BudgetFields({
  draft,
  money,
  sharedBudgets,
}: {
  draft: CampaignDraft;
  money: ShopUnits;
  sharedBudgets: readonly { readonly key: string; readonly name: string }[];
}) {
  const { t } = useReader();
  const caps = [
    ['maxPerCart', t('form.maxPerCart', { currency: money.currency }), draft.maxPerCart],
    ['maxPerLine', t('form.maxPerLine', { currency: money.currency }), draft.maxPerLine],
  ] as const;
  return (
    <>
      {caps.map(([name, label, value]) => (
        <Field key={name} label={label}>
          <input name={name} type="number" min={0} step={1 / money.minor} defaultValue={value ?? undefined} className="control" />
        </Field>
      ))}
      <SelectField
        label={t('form.onBudgetShort')}
        name="onBudgetShort"
        defaultValue={draft.onBudgetShort}
        options={[
          ['partial', t('form.budgetShort.partial')],
          ['refuse', t('form.budgetShort.refuse')],
        ]}
      />
      <SelectField
        label={t('form.sharedBudget')}
        name="sharedBudgetKey"
        defaultValue={draft.sharedBudgetKey}
        options={[['', t('form.noSharedBudget')], ...sharedBudgets.map(({ key, name }) => [key, name] as const)]}
      />
    </>
  );
}

/** How the campaign stands beside others: group, priority, alone or not. */
export function GroupFields({
  draft,
  groups,
}: {
  draft: CampaignDraft;
  groups: readonly { readonly key: string; readonly mode: string }[];
}) {
  const { t, name } = useReader();
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field label={t('form.group')} hint={t('form.groupHint')}>
        <input
          name="group"
          list="campaign-groups"
          maxLength={60}
          pattern="[a-z0-9][a-z0-9_\-]*"
          defaultValue={draft.group}
          className="control"
        />
      </Field>
      <datalist id="campaign-groups">
        {groups.map((group) => (
          <option key={group.key} value={group.key}>
            {name('groupMode', group.mode)}
          </option>
        ))}
      </datalist>
      <Field label={t('form.priority')} hint={t('form.priorityHint')}>
        <input name="priority" type="number" min={-1000} max={1000} defaultValue={draft.priority} className="control" />
      </Field>
      <label className="flex items-center gap-2 sm:pt-5">
        <input type="checkbox" name="isExclusive" defaultChecked={draft.isExclusive} /> {t('form.exclusive')}
      </label>
    </div>
  );
}
