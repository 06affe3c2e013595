'use client';
import { useState } from 'react';
import { Field } from '@/ui/field.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import type { Argument, ShopUnits } from './rule-arguments.ts';
import { toRule, toText } from './rule-arguments.ts';

export interface KindChoice {
  readonly kind: string;
  readonly label: string;
  readonly arguments: readonly Argument[];
}
export interface StoredPromotion {
  readonly kind: string;
  readonly rule: Record<string, unknown>;
  /** Not edited here, and so kept; null = none. */
  readonly condition: unknown;
  readonly sentence: { readonly en: string; readonly zh: string };
}
interface RuleFieldsProps {
  readonly kinds: readonly KindChoice[];
  readonly categories: readonly { readonly key: string; readonly name: string }[];
  /** To choose from by name; a shop may have more. */
  readonly products: readonly { readonly sku: string; readonly name: string }[];
  readonly money: ShopUnits;
  readonly initial: StoredPromotion | null;
}

/** The form of one promotion, drawn from the arguments its kind describes; the rule goes into a hidden field. */
export function RuleFields({ kinds, categories, products, money, initial }: RuleFieldsProps) {
  const { t, f } = useReader();
  const [kind, setKind] = useState(initial?.kind ?? kinds[0]?.kind ?? '');
  const chosen = kinds.find((candidate) => candidate.kind === kind) ?? kinds[0];
  const [texts, setTexts] = useState<Record<string, string>>(() =>
    Object.fromEntries(
      kinds.flatMap((candidate) =>
        candidate.arguments.map(
          (argument) =>
            [
              argument.name,
              argument.name === 'currency' ? money.currency : toText(argument.unit, initial?.rule[argument.name], money),
            ] as const,
        ),
      ),
    ),
  );
  if (!chosen) return <p className="text-muted">{t('form.noKinds')}</p>;
  const nameOf = (sku: string) => products.find((product) => product.sku === sku.trim())?.name;
  const namesIn = (text: string) =>
    text
      .replace(/^sku:/, '')
      .split(/[\n,，、]|\s[x×*]\s/)
      .flatMap((sku) => nameOf(sku) ?? [])
      .join(', ');
  const set = (name: string, text: string) => setTexts({ ...texts, [name]: text });
  const hints: Partial<Record<Argument['unit'], string>> = {
    tiers: t('form.tiersHint'),
    volumeTiers: t('form.volumeTiersHint'),
    bundle: t('form.bundleHint'),
  };
  const kept = initial?.kind === kind ? initial.rule : {};
  const promotion = { kind, rule: toRule(kind, chosen.arguments, texts, money, kept), condition: initial?.condition ?? null };
  const units: Partial<Record<Argument['unit'], string>> = {
    basisPoints: ', %',
    amountMinor: ` (${money.currency})`,
    amountPerCurrency: ` (${money.currency})`,
  };
  return (
    <>
      <input type="hidden" name="promotions" value={JSON.stringify([promotion])} />
      {initial?.condition ? <p className="mb-3 text-muted">{t('form.condition', { sentence: f.text(initial.sentence) })}</p> : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('form.kind')}>
          <select className="control" value={kind} onChange={(event) => setKind(event.target.value)}>
            {kinds.map((candidate) => (
              <option key={candidate.kind} value={candidate.kind}>
                {candidate.label}
              </option>
            ))}
          </select>
        </Field>
        {chosen.arguments.map((argument) => {
          const label = `${f.text(argument.label)}${units[argument.unit] ?? ''}${argument.isRequired ? '' : ` (${t('form.optional')})`}`;
          const text = texts[argument.name] ?? '';
          const shared = {
            className: 'control',
            value: text,
            required: argument.isRequired && argument.unit !== 'scope',
            onChange: (event: { target: { value: string } }) => set(argument.name, event.target.value),
          };
          if (argument.unit === 'scope')
            return (
              <ScopeField
                key={argument.name}
                label={label}
                text={text}
                categories={categories}
                names={namesIn(text)}
                onChange={(next) => set(argument.name, next)}
              />
            );
          if (argument.choices)
            return (
              <Field key={argument.name} label={label}>
                <select {...shared}>
                  {argument.isRequired && text !== '' ? null : <option value="" />}
                  {argument.choices.map((choice) => (
                    <option key={choice.value} value={choice.value}>
                      {f.text(choice.label)}
                    </option>
                  ))}
                </select>
              </Field>
            );
          if (argument.unit === 'tiers' || argument.unit === 'volumeTiers' || argument.unit === 'bundle')
            return (
              <Field
                key={argument.name}
                label={label}
                hint={[hints[argument.unit], argument.unit === 'bundle' ? namesIn(text) : ''].filter(Boolean).join(' · ')}
              >
                <textarea {...shared} />
              </Field>
            );
          const type = TYPES[argument.unit] ?? 'number';
          return (
            <Field
              key={argument.name}
              label={label}
              hint={argument.unit === 'sku' || argument.unit === 'skus' ? namesIn(text) || t('form.skuHint') : hints[argument.unit]}
            >
              <input
                type={type}
                {...(argument.unit === 'sku' ? { list: 'rule-products' } : {})}
                {...(type === 'number' ? { min: 0, step: 'any' } : {})}
                {...shared}
              />
            </Field>
          );
        })}
      </div>
      <datalist id="rule-products">
        {products.map((product) => (
          <option key={product.sku} value={product.sku}>
            {product.name}
          </option>
        ))}
      </datalist>
    </>
  );
}

const TYPES: Partial<Record<Argument['unit'], string>> = {
  text: 'text',
  texts: 'text',
  sku: 'text',
  skus: 'text',
  date: 'datetime-local',
};

function ScopeField({
  label,
  text,
  categories,
  names,
  onChange,
}: {
  label: string;
  text: string;
  categories: RuleFieldsProps['categories'];
  /** Of the products whose SKUs were typed. */
  names: string;
  onChange: (text: string) => void;
}) {
  const { t } = useReader();
  const isSkus = text.startsWith('sku:');
  const keys = isSkus
    ? []
    : text
        .split(',')
        .map((key) => key.trim())
        .filter(Boolean);
  return (
    <fieldset className="sm:col-span-2">
      <legend className="mb-1 text-xs font-medium text-muted">{label}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        {categories.slice(0, 40).map((category) => (
          <label key={category.key} className="flex items-center gap-2">
            <input
              type="checkbox"
              checked={keys.includes(category.key)}
              onChange={(event) =>
                onChange((event.target.checked ? [...keys, category.key] : keys.filter((key) => key !== category.key)).join(', '))
              }
            />
            {category.name}
          </label>
        ))}
      </div>
      <Field label={t('form.skus')} hint={keys.length === 0 && !isSkus ? t('form.scopeAll') : names || undefined} className="mt-2">
        <input
          className="control"
          value={isSkus ? text.slice(4) : ''}
          onChange={(event) => onChange(event.target.value ? `sku:${event.target.value}` : '')}
        />
      </Field>
    </fieldset>
  );
}
