'use client';
import { Field } from '@/ui/field.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import type { Argument, ShopUnits } from './rule-arguments.ts';
import { ScopeField } from './scope-field.tsx';

/** What a rule or condition may name. */
export interface Nameable {
  readonly categories: readonly { readonly key: string; readonly name: string }[];
  /** To choose from by name; a shop may have more. */
  readonly products: readonly { readonly sku: string; readonly name: string }[];
  readonly money: ShopUnits;
}
interface ArgumentFieldProps extends Nameable {
  readonly argument: Argument;
  readonly text: string;
  readonly onChange: (text: string) => void;
}
const TYPES: Partial<Record<Argument['unit'], string>> = { text: 'text', texts: 'text', sku: 'text', skus: 'text', date: 'datetime-local' };
const LONG: readonly Argument['unit'][] = ['tiers', 'volumeTiers', 'bundle'];

/** One described argument of a promotion or a condition. */
export function ArgumentField({ argument, text, onChange, categories, products, money }: ArgumentFieldProps) {
  const { t, f } = useReader();
  const { unit, isRequired, choices } = argument;
  const tail: Partial<Record<Argument['unit'], string>> = {
    basisPoints: ', %',
    amountMinor: ` (${money.currency})`,
    amountPerCurrency: ` (${money.currency})`,
  };
  const label = `${f.text(argument.label)}${tail[unit] ?? ''}${isRequired ? '' : ` (${t('form.optional')})`}`;
  const named = namesIn(text, products);
  const shared = {
    className: 'control',
    value: text,
    required: isRequired && unit !== 'scope',
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  if (unit === 'scope') return <ScopeField label={label} text={text} categories={categories} names={named} onChange={onChange} />;
  if (choices && unit === 'choices') return <ChoicesField label={label} choices={choices} text={text} onChange={onChange} />;
  if (choices)
    return (
      <Field label={label}>
        <select {...shared}>
          {isRequired && text !== '' ? null : <option value="" />}
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {f.text(choice.label)}
            </option>
          ))}
        </select>
      </Field>
    );
  const hints: Partial<Record<Argument['unit'], string>> = {
    tiers: t('form.tiersHint'),
    volumeTiers: t('form.volumeTiersHint'),
    bundle: [t('form.bundleHint'), named].filter(Boolean).join(' · '),
    sku: named || t('form.skuHint'),
    skus: named || t('form.skuHint'),
    texts: t('form.textsHint'),
  };
  const type = TYPES[unit] ?? 'number';
  return (
    <Field label={label} hint={hints[unit]}>
      {LONG.includes(unit) ? (
        <textarea {...shared} />
      ) : (
        <input
          type={type}
          {...(unit === 'sku' ? { list: 'rule-products' } : {})}
          {...(type === 'number' ? { min: 0, step: 'any' } : {})}
          {...shared}
        />
      )}
    </Field>
  );
}

/** Names of the products whose SKUs were typed. */
function namesIn(text: string, products: Nameable['products']): string {
  const names = new Map(products.map(({ sku, name }) => [sku, name]));
  return text
    .replace(/^sku:/, '')
    .split(/[\n,，、]|\s[x×*]\s/)
    .flatMap((sku) => names.get(sku.trim()) ?? [])
    .join(', ');
}

function ChoicesField({
  label,
  choices,
  text,
  onChange,
}: {
  label: string;
  choices: NonNullable<Argument['choices']>;
  text: string;
  onChange: (text: string) => void;
}) {
  const { f } = useReader();
  const chosen = text.split(/,\s*/).filter(Boolean);
  return (
    <fieldset className="sm:col-span-2">
      <legend className="mb-1 text-xs font-medium text-muted">{label}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        {choices.map(({ value, label: words }) => (
          <label key={value} className="flex items-center gap-2">
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={(event) => onChange((event.target.checked ? [...chosen, value] : chosen.filter((one) => one !== value)).join(', '))}
            />
            {f.text(words)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
