'use client';
import { Button } from '@/ui/button.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Bar, Figure, Figures, Panel } from '@/ui/page.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import type { Slice } from './rehearse.actions.ts';
import type { Rehearsing } from './use-rehearsal.ts';

/** What the campaign in the form would have done last month, what stands against it, and what shoppers will read. */
export function RehearsalPanel({ described, sum, problems, isBusy, isStopped, onStop }: Rehearsing & { onStop: () => void }) {
  const { t, f } = useReader();
  const failed = described?.guardrails.filter(({ passed }) => !passed) ?? [];
  return (
    <Panel title={t('rehearsal.title')} aside={t('rehearsal.aside')}>
      <div aria-live="polite" aria-busy={isBusy}>
        {problems.length > 0 ? (
          <div className="text-warn">
            <p className="font-medium">{t('rehearsal.notYet')}</p>
            <ul className="list-disc pl-4">
              {problems.map(({ code, message }) => (
                <li key={`${code}${message}`}>{message}</li>
              ))}
            </ul>
          </div>
        ) : null}
        {!described && problems.length === 0 ? <p className="text-muted">{t('rehearsal.waiting')}</p> : null}
        {described ? (
          <>
            <h3 className="text-xs font-medium text-muted">{t('rehearsal.sentence')}</h3>
            {described.sentences.map((sentence, index) => (
              // Two promotions may read the same.
              // biome-ignore lint/suspicious/noArrayIndexKey: the order is the identity
              <p key={index} className="mt-1 font-medium">
                {f.text(sentence)}
              </p>
            ))}
            <ul className="mt-3 grid gap-1">
              {failed.map((guardrail) => (
                <li key={guardrail.key} className="flex items-start gap-2 text-loss">
                  <Icon name="warn" size={16} className="mt-0.5" />
                  <span>
                    {f.text(guardrail.label)}: {guardrail.value} ({guardrail.limit})
                  </span>
                </li>
              ))}
              {failed.length === 0 ? (
                <li className="flex items-start gap-2 text-gain">
                  <Icon name="check" size={16} className="mt-0.5" />
                  {t('rehearsal.guardrailsKept', { count: described.guardrails.length })}
                </li>
              ) : null}
            </ul>
          </>
        ) : null}
        {sum ? <Outcome sum={sum} /> : null}
      </div>
      {sum && (isBusy || isStopped) ? (
        <div className="mt-4 flex items-center gap-3">
          <Bar share={sum.cartTotal > 0 ? sum.cartCount / sum.cartTotal : 1} label={t('rehearsal.progress')} />
          {isBusy ? <Button onClick={onStop}>{t('rehearsal.stop')}</Button> : null}
        </div>
      ) : null}
      {sum && isStopped ? <p className="mt-2 text-xs text-muted">{t('rehearsal.stopped', counts(sum))}</p> : null}
    </Panel>
  );
}

const counts = (sum: Slice) => ({ count: sum.cartCount, total: sum.cartTotal });

function Outcome({ sum }: { sum: Slice }) {
  const { t, f } = useReader();
  if (sum.cartTotal === 0) return <p className="mt-4 text-muted">{t('rehearsal.noCarts')}</p>;
  const margin = { ...sum.marginAfter, amountMinor: sum.marginAfter.amountMinor - sum.marginBefore.amountMinor };
  return (
    <div className="mt-4 border-t border-line pt-4">
      <Figures>
        <Figure
          label={t('rehearsal.touched')}
          value={f.number(sum.touchedCount)}
          detail={t('rehearsal.ofCarts', { count: sum.cartCount, share: f.percent(sum.touchedCount / Math.max(1, sum.cartCount), 1) })}
        />
        <Figure label={t('rehearsal.cost')} value={f.money(sum.discount)} detail={t('rehearsal.costHint')} />
        <Figure
          label={t('rehearsal.margin')}
          value={f.money(margin, { isSigned: true })}
          tone={margin.amountMinor < 0 ? 'loss' : 'plain'}
          detail={t('rehearsal.marginHint', { before: f.money(sum.marginBefore), after: f.money(sum.marginAfter) })}
        />
      </Figures>
      <Lines title={t('rehearsal.collisions')} none={t('rehearsal.noCollisions')}>
        {sum.collisions.map(({ campaign, outcome, cartCount }) => (
          <li key={`${campaign.id} ${outcome}`}>
            {t(`rehearsal.outcome.${outcome}`, { count: cartCount, campaign: f.text(campaign.title) })}
          </li>
        ))}
      </Lines>
      {sum.limited.length > 0 ? (
        <Lines title={t('rehearsal.limited')}>
          {sum.limited.map(({ reason, cartCount }) => (
            <li key={reason}>
              {t('rehearsal.carts', { count: cartCount })}: {isLimit(reason) ? t(`rehearsal.limit.${reason}`) : reason}
            </li>
          ))}
        </Lines>
      ) : null}
      {sum.refused.length > 0 ? (
        <Lines title={t('rehearsal.refused')}>
          {sum.refused.map(({ reason, cartCount, message }) => (
            <li key={reason}>
              {t('rehearsal.carts', { count: cartCount })}: {message ? f.text(message) : reason}
            </li>
          ))}
        </Lines>
      ) : null}
      {sum.unknownCount > 0 ? <p className="mt-3 text-xs text-warn">{t('rehearsal.unknown', { count: sum.unknownCount })}</p> : null}
      {sum.examples.length > 0 ? (
        <Lines title={t('rehearsal.examples')}>
          {sum.examples.map(({ at, skus, subtotal, saving }) => (
            <li key={`${at} ${skus.join()}`}>
              {t('rehearsal.example', {
                day: f.day(at),
                subtotal: f.money(subtotal),
                saving: f.money(saving),
                skus: skus.slice(0, 4).join(', '),
              })}
            </li>
          ))}
        </Lines>
      ) : null}
    </div>
  );
}

const LIMITS = ['FLOOR', 'DEPTH', 'BUDGET', 'MAX_DISCOUNT', 'LINE_CAP', 'ORDER_CAP'] as const;
const isLimit = (reason: string): reason is (typeof LIMITS)[number] => LIMITS.some((limit) => limit === reason);

function Lines({ title, none, children }: { title: string; none?: string; children: readonly React.ReactNode[] }) {
  return (
    <>
      <h3 className="mt-4 mb-1 text-xs font-medium text-muted">{title}</h3>
      {children.length > 0 ? <ul className="grid gap-1">{children}</ul> : <p>{none}</p>}
    </>
  );
}
