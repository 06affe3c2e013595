import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Field } from './field.tsx';

/** A plain GET form: a filtered page has an address of its own. */
export function FilterBar({
  label,
  search,
  searchLabel,
  submit,
  children,
}: {
  label: string;
  search?: string;
  /** Names the search field; without it there is none. */
  searchLabel?: string;
  submit: string;
  children?: ReactNode;
}) {
  return (
    <search>
      <form className="mb-4 flex flex-wrap items-end gap-3" aria-label={label}>
        {searchLabel ? (
          <Field label={searchLabel} className="w-64 max-w-full">
            <input type="search" name="search" defaultValue={search} className="control" />
          </Field>
        ) : null}
        {children}
        <Button type="submit">{submit}</Button>
      </form>
    </search>
  );
}
