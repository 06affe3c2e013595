'use client';
import { useActionState, useState } from 'react';
import { Problems, Submit } from '@/ui/action-form.tsx';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { newKey } from '@/ui/new-key.ts';
import { Panel } from '@/ui/page.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import type { Nameable } from './argument-field.tsx';
import { tryCart } from './try-cart.actions.ts';
import { TriedCartView } from './tried-cart-view.tsx';

interface TryCartProps extends Pick<Nameable, 'products' | 'money'> {
  readonly campaignTitles: Readonly<Record<string, string>>;
}
interface LineDraft {
  readonly key: string;
  readonly sku: string;
  readonly quantity: number;
}

/** A cart to try: what it gets, what it does not, and why. */
export function TryCart({ products, money, campaignTitles }: TryCartProps) {
  const { t } = useReader();
  const [lines, setLines] = useState<readonly LineDraft[]>([{ key: '0', sku: products[0]?.sku ?? '', quantity: 1 }]);
  const [state, submit] = useActionState(tryCart, { cart: null, problems: [] });
  const change = (key: string, part: Partial<LineDraft>) =>
    setLines((before) => before.map((line) => (line.key === key ? { ...line, ...part } : line)));
  const facts = [
    ['userId', t('tryCart.user')],
    ['channel', t('tryCart.channel')],
    ['country', t('tryCart.country')],
    ['paymentMethod', t('tryCart.payment')],
  ] as const;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <Panel title={t('tryCart.cart')}>
        <form action={submit} className="grid gap-4">
          <input type="hidden" name="currency" value={money.currency} />
          <input type="hidden" name="minor" value={money.minor} />
          <input type="hidden" name="timeZone" value={money.timeZone} />
          <input type="hidden" name="lines" value={JSON.stringify(lines.map(({ sku, quantity }) => ({ sku, quantity })))} />
          <ol className="grid gap-3">
            {lines.map((line, index) => (
              <li key={line.key} className="grid grid-cols-[minmax(0,1fr)_5rem] items-end gap-2">
                <Field
                  label={t('tryCart.sku', { number: index + 1 })}
                  hint={products.find(({ sku }) => sku === line.sku)?.name ?? t('form.skuHint')}
                >
                  <input
                    className="control"
                    list="cart-products"
                    value={line.sku}
                    required
                    onChange={(event) => change(line.key, { sku: event.target.value })}
                  />
                </Field>
                <Field label={t('tryCart.quantity')} hint=" ">
                  <input
                    className="control"
                    type="number"
                    min={1}
                    required
                    value={line.quantity}
                    onChange={(event) => change(line.key, { quantity: Math.max(1, Math.round(Number(event.target.value))) })}
                  />
                </Field>
                {lines.length > 1 ? (
                  <Button look="quiet" className="justify-self-start" onClick={() => setLines(lines.filter(({ key }) => key !== line.key))}>
                    {t('tryCart.remove', { number: index + 1 })}
                  </Button>
                ) : null}
              </li>
            ))}
          </ol>
          <Button onClick={() => setLines([...lines, { key: newKey(), sku: '', quantity: 1 }])}>{t('tryCart.add')}</Button>
          <datalist id="cart-products">
            {products.map(({ sku, name }) => (
              <option key={sku} value={sku}>
                {name}
              </option>
            ))}
          </datalist>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('tryCart.codes')} hint={t('form.textsHint')}>
              <input name="codes" className="control" />
            </Field>
            {facts.map(([name, label]) => (
              <Field key={name} label={`${label} (${t('form.optional')})`}>
                <input name={name} className="control" />
              </Field>
            ))}
            <Field label={t('tryCart.shipping', { currency: money.currency })}>
              <input name="shipping" type="number" min={0} step={1 / money.minor} className="control" />
            </Field>
            <Field label={t('tryCart.at')} hint={t('tryCart.atHint', { zone: money.timeZone })}>
              <input name="at" type="datetime-local" className="control" />
            </Field>
          </div>
          <label className="flex items-center gap-2">
            <input type="checkbox" name="includeDrafts" /> {t('tryCart.drafts')}
          </label>
          <div>
            <Submit>{t('tryCart.run')}</Submit>
          </div>
        </form>
      </Panel>
      <div aria-live="polite" className="min-w-0">
        <Problems problems={state.problems} />
        {state.cart ? (
          <TriedCartView cart={state.cart} campaignTitles={campaignTitles} />
        ) : state.problems.length === 0 ? (
          <p className="text-muted">{t('tryCart.waiting')}</p>
        ) : null}
      </div>
    </div>
  );
}
