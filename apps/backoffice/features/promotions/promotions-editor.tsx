'use client';
import { useState } from 'react';
import { Button } from '@/ui/button.tsx';
import { newKey } from '@/ui/new-key.ts';
import { useReader } from '@/ui/reader-provider.tsx';
import type { Nameable } from './argument-field.tsx';
import { ConditionEditor } from './condition-editor.tsx';
import type { ConditionChoice, ConditionNode } from './condition-tree.ts';
import { toCondition, toNode } from './condition-tree.ts';
import { toRule, toText } from './rule-arguments.ts';
import { RuleFields } from './rule-fields.tsx';

export interface StoredPromotion {
  readonly kind: string;
  readonly rule: Record<string, unknown>;
  /** null = always. */
  readonly condition: unknown;
  readonly needsCode: boolean;
}
interface PromotionsEditorProps extends Nameable {
  readonly kinds: readonly ConditionChoice[];
  readonly conditionKinds: readonly ConditionChoice[];
  readonly initial: readonly StoredPromotion[];
}
interface Draft {
  readonly key: string;
  readonly kind: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly stored: StoredPromotion | null;
  readonly condition: ConditionNode | null;
  readonly needsCode: boolean;
}
const MOST = 20;

/** All promotions of a campaign; what they say goes into one hidden field. */
export function PromotionsEditor({ kinds, conditionKinds, initial, ...named }: PromotionsEditorProps) {
  const { t } = useReader();
  const { money } = named;
  const open = (stored: StoredPromotion | null, key: string): Draft => ({
    key,
    stored,
    kind: stored?.kind ?? kinds[0]?.kind ?? '',
    texts: Object.fromEntries(
      kinds.flatMap((candidate) =>
        candidate.arguments.map(
          ({ name, unit }) => [name, name === 'currency' ? money.currency : toText(unit, stored?.rule[name], money)] as const,
        ),
      ),
    ),
    condition: stored?.condition ? toNode(stored.condition, conditionKinds, money) : null,
    needsCode: stored?.needsCode ?? false,
  });
  const [drafts, setDrafts] = useState<readonly Draft[]>(() =>
    initial.length > 0 ? initial.map((stored, index) => open(stored, String(index))) : [open(null, '0')],
  );
  const change = (key: string, part: Partial<Draft>) =>
    setDrafts((before) => before.map((draft) => (draft.key === key ? { ...draft, ...part } : draft)));
  if (kinds.length === 0) return <p className="text-muted">{t('form.noKinds')}</p>;
  const values = drafts.map(({ kind, texts, stored, condition, needsCode }) => ({
    kind,
    rule: toRule(kind, kinds.find((one) => one.kind === kind)?.arguments ?? [], texts, money, stored?.kind === kind ? stored.rule : {}),
    condition: condition && toCondition(condition, conditionKinds, money),
    needsCode,
  }));
  return (
    <>
      <input type="hidden" name="promotions" value={JSON.stringify(values)} />
      <ol className="grid gap-4">
        {drafts.map((draft, index) => (
          <li key={draft.key} className={drafts.length > 1 ? 'rounded-md border border-line p-3' : ''}>
            {drafts.length > 1 ? (
              <div className="mb-3 flex items-center justify-between">
                <h3 className="text-sm font-semibold">{t('form.promotionNumber', { number: index + 1 })}</h3>
                <Button look="quiet" onClick={() => setDrafts(drafts.filter(({ key }) => key !== draft.key))}>
                  {t('form.removePromotion', { number: index + 1 })}
                </Button>
              </div>
            ) : null}
            <RuleFields
              kinds={kinds}
              kind={draft.kind}
              texts={draft.texts}
              onKind={(kind) => change(draft.key, { kind })}
              onText={(name, text) => change(draft.key, { texts: { ...draft.texts, [name]: text } })}
              {...named}
            />
            <label className="mt-4 flex items-center gap-2">
              <input
                type="checkbox"
                checked={draft.needsCode}
                onChange={(event) => change(draft.key, { needsCode: event.target.checked })}
              />
              {t('form.needsCode')}
            </label>
            <ConditionEditor
              kinds={conditionKinds}
              root={draft.condition}
              onChange={(condition) => change(draft.key, { condition })}
              {...named}
            />
          </li>
        ))}
      </ol>
      {drafts.length < MOST ? (
        <Button className="mt-3" onClick={() => setDrafts([...drafts, open(null, newKey())])}>
          {t('form.addPromotion')}
        </Button>
      ) : null}
      <datalist id="rule-products">
        {named.products.map((product) => (
          <option key={product.sku} value={product.sku}>
            {product.name}
          </option>
        ))}
      </datalist>
    </>
  );
}
