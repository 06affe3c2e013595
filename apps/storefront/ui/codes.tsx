import type { CartEvaluation } from '@promolift/sdk';
import { addCode, removeCode } from '@/actions/cart.actions.ts';
import { textIn } from '@/lib/format.ts';
import type { Shop } from '@/lib/shop.ts';
import { SubmitButton } from './submit-button.tsx';

/** Code entry; a code that is not in use says exactly why. */
export function Codes({ codes, shop: { words, locale } }: { codes: CartEvaluation['codes']; shop: Shop }) {
  return (
    <section aria-labelledby="codes" className="card p-4">
      <h2 id="codes" className="sr-only">
        {words.code}
      </h2>
      <form action={addCode} className="flex gap-2">
        <label className="sr-only" htmlFor="code">
          {words.code}
        </label>
        <input
          id="code"
          name="code"
          className="field uppercase placeholder:normal-case"
          placeholder={words.code}
          maxLength={40}
          autoComplete="off"
          required
        />
        <SubmitButton className="button-quiet shrink-0 whitespace-nowrap">{words.apply}</SubmitButton>
      </form>
      {codes.length > 0 && (
        <ul className="mt-3 space-y-2" aria-live="polite">
          {codes.map(({ code, status, message }) => (
            <li key={code} className="flex items-center justify-between gap-3 text-sm">
              <p>
                <code className="font-mono font-semibold">{code}</code>{' '}
                <span className={status === 'APPLIED' ? 'text-save' : 'text-bad'}>
                  {status === 'APPLIED' ? words.codeApplied : textIn(message, locale)}
                </span>
              </p>
              <form action={removeCode}>
                <input type="hidden" name="code" value={code} />
                <SubmitButton className="rounded-full px-2 py-1 text-link underline underline-offset-4" label={`${words.remove}: ${code}`}>
                  {words.remove}
                </SubmitButton>
              </form>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
