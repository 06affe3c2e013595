'use client';
import Link from 'next/link';
import { Badge, Bar, Facts, Panel } from '@/ui/page.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import { Table } from '@/ui/table.tsx';
import type { TriedCart } from './try-cart.actions.ts';

interface TriedCartViewProps {
  readonly cart: TriedCart;
  /** Campaign id → title. */
  readonly campaignTitles: Readonly<Record<string, string>>;
}
/** Values of these are minor units. */
const MONEY = ['minimumSpend', 'remainingBudgetMinor', 'shippingMinor', 'amountMinor'];

/** What a dry run answered: the price, what applied, and for everything else the one reason. */
export function TriedCartView({ cart, campaignTitles }: TriedCartViewProps) {
  const { t, f } = useReader();
  const { currency } = cart.total;
  const campaign = (id: string) => (
    <Link className="underline" href={`/campaigns/${id}`}>
      {campaignTitles[id] ?? id.slice(0, 13)}
    </Link>
  );
  const value = (failing: string | null | undefined, text: string | null | undefined) =>
    failing && MONEY.includes(failing) && /^\d+$/.test(text ?? '') ? f.money({ amountMinor: Number(text), currency }) : (text ?? '–');
  return (
    <div className="grid gap-4">
      <Panel title={t('tryCart.total', { total: f.money(cart.total) })} aside={f.dateTime(cart.evaluatedAt)}>
        <Facts
          rows={[
            [t('tryCart.subtotal'), f.money(cart.subtotal)],
            [t('tryCart.discount'), f.money({ amountMinor: -cart.discount.amountMinor, currency })],
            [t('tryCart.shippingAfter'), f.money(cart.shipping)],
            [t('tryCart.tax'), f.money(cart.tax)],
          ]}
        />
        {cart.isHeldOut ? (
          <p className="mt-3">
            <Badge tone="warn">{t('tryCart.heldOut')}</Badge>
          </p>
        ) : null}
      </Panel>
      <Panel title={t('tryCart.applied')} isFlush={cart.applied.length > 0}>
        {cart.applied.length === 0 ? <p className="text-muted">{t('tryCart.noneApplied')}</p> : null}
        {cart.applied.length > 0 ? (
          <Table
            caption={t('tryCart.applied')}
            rows={cart.applied}
            rowKey={(row) => row.promotionId}
            columns={[
              { key: 'campaign', head: t('tryCart.campaign'), cell: (row) => campaign(row.campaignId) },
              { key: 'message', head: t('tryCart.promotion'), cell: (row) => f.text(row.message) },
              { key: 'amount', head: t('tryCart.saves'), isNumber: true, cell: (row) => f.money(row.amount) },
              {
                key: 'limit',
                head: t('tryCart.instead'),
                isNumber: true,
                cell: (row) => (row.limitedBy && row.desired ? `${f.money(row.desired)} (${row.limitedBy})` : '–'),
              },
            ]}
          />
        ) : null}
      </Panel>
      <Panel title={t('tryCart.rejected')} isFlush={cart.rejected.length > 0}>
        {cart.rejected.length === 0 ? <p className="text-muted">{t('tryCart.noneRejected')}</p> : null}
        {cart.rejected.length > 0 ? (
          <Table
            caption={t('tryCart.rejected')}
            rows={cart.rejected}
            rowKey={(row) => row.promotionId}
            columns={[
              { key: 'campaign', head: t('tryCart.campaign'), cell: (row) => campaign(row.campaignId) },
              {
                key: 'reason',
                head: t('tryCart.reason'),
                cell: (row) => (
                  <>
                    {f.text(row.message)} <span className="block font-mono text-xs text-muted">{row.reason}</span>
                  </>
                ),
              },
              {
                key: 'needs',
                head: t('tryCart.needs'),
                isNumber: true,
                cell: (row) => value(row.failing, row.condition?.required ?? row.required),
              },
              {
                key: 'has',
                head: t('tryCart.has'),
                isNumber: true,
                cell: (row) => (row.condition?.isUnknown ? t('common.unknown') : value(row.failing, row.condition?.actual ?? row.actual)),
              },
            ]}
          />
        ) : null}
      </Panel>
      {cart.nearMisses.length > 0 ? (
        <Panel title={t('tryCart.near')}>
          <ul className="grid gap-3">
            {cart.nearMisses.map((near) => (
              <li key={near.promotionId}>
                <p className="mb-1">
                  {f.text(near.message)} <span className="text-muted">· {campaign(near.campaignId)}</span>
                </p>
                <Bar share={near.progress} label={f.text(near.message)} />
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      {cart.codes.length > 0 ? (
        <Panel title={t('tryCart.codes')}>
          <Facts rows={cart.codes.map(({ code, message }) => [code, f.text(message)] as const)} />
        </Panel>
      ) : null}
      <Panel title={t('tryCart.lines')} isFlush>
        <Table
          caption={t('tryCart.lines')}
          rows={cart.lines}
          rowKey={(line) => line.lineId}
          columns={[
            {
              key: 'product',
              head: t('tryCart.product'),
              cell: (line) => (
                <>
                  {line.product.name} {line.isGift ? <Badge tone="gain">{t('tryCart.gift')}</Badge> : null}
                </>
              ),
            },
            { key: 'quantity', head: t('tryCart.quantity'), isNumber: true, cell: (line) => line.quantity },
            { key: 'original', head: t('tryCart.before'), isNumber: true, isMinor: true, cell: (line) => f.money(line.original) },
            { key: 'final', head: t('tryCart.after'), isNumber: true, cell: (line) => f.money(line.final) },
          ]}
        />
      </Panel>
    </div>
  );
}
