'use client';
import { Field } from '@/ui/field.tsx';
import { useReader } from '@/ui/reader-provider.tsx';

/** Everything, categories or SKUs. */
export function ScopeField({
  label,
  text,
  categories,
  names,
  onChange,
}: {
  label: string;
  text: string;
  categories: readonly { readonly key: string; readonly name: string }[];
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
