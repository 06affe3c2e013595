import Link from 'next/link';
import type { UserQuery } from '@/generated/graphql.ts';
import { reader } from '@/lib/reader.ts';
import { Badge, Bar, Panel } from '@/ui/page.tsx';
import { Table } from '@/ui/table.tsx';

type User = NonNullable<UserQuery['user']>;

export async function Shares({
  title,
  rows,
}: {
  title: string;
  rows: readonly { readonly name: string; readonly share: number; readonly text?: string }[];
}) {
  const { t, f } = await reader();
  return (
    <div>
      <h3 className="mb-2 text-xs font-medium text-muted">{title}</h3>
      {rows.length === 0 ? <p className="text-muted">{t('common.unknown')}</p> : null}
      <ul className="flex flex-col gap-2">
        {rows.map((row) => (
          <li key={row.name} className="grid grid-cols-[8rem_1fr_3rem] items-center gap-3">
            <span className="truncate">{row.name}</span>
            <Bar share={row.share} label={row.name} />
            <span className="text-right">{row.text ?? f.percent(row.share)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What was offered, and why. */
export async function UserDecisions({ decisions }: { decisions: User['decisions'] }) {
  const { t, f, name } = await reader();
  return (
    <Panel title={t('user.decisions')} isFlush>
      {decisions.length === 0 ? (
        <p className="px-4 pb-4 text-muted">{t('user.noDecisions')}</p>
      ) : (
        <Table
          caption={t('user.decisions')}
          rows={decisions}
          rowKey={(decision) => decision.id}
          columns={[
            { key: 'at', head: t('history.at'), cell: (decision) => f.dateTime(decision.decidedAt) },
            { key: 'kind', head: t('decisionPage.kind'), cell: (decision) => name('decisionKind', decision.kind) },
            { key: 'policy', head: t('decisionPage.policy'), cell: (decision) => name('decisionPolicy', decision.policy), isMinor: true },
            {
              key: 'probability',
              head: t('decisionPage.probability'),
              cell: (decision) => f.percent(decision.probability),
              isNumber: true,
            },
            {
              key: 'why',
              head: t('inbox.why'),
              cell: (decision) => (
                <Link className="underline" href={`/decisions/${decision.id}`}>
                  {t('user.why')}
                </Link>
              ),
            },
          ]}
        />
      )}
    </Panel>
  );
}

export async function UserOrders({ orders }: { orders: User['orders'] }) {
  const { t, f } = await reader();
  return (
    <Panel title={t('users.orders')} isFlush>
      {orders.length === 0 ? (
        <p className="px-4 pb-4 text-muted">{t('user.noOrders')}</p>
      ) : (
        <Table
          caption={t('users.orders')}
          rows={orders}
          rowKey={(order) => order.id}
          columns={[
            {
              key: 'at',
              head: t('history.at'),
              cell: (order) => (
                <>
                  <span className="whitespace-nowrap">{f.date(order.placedAt)}</span>
                  <span className="block text-xs text-muted">{order.externalId}</span>
                </>
              ),
            },
            {
              key: 'lines',
              head: t('user.lines'),
              cell: (order) => (
                <>
                  {order.lines.map((line) => `${line.quantity} × ${line.product.name}`).join(', ')}{' '}
                  {order.status === 'cancelled' ? <Badge tone="loss">{t('user.cancelled')}</Badge> : null}
                </>
              ),
            },
            {
              key: 'discount',
              head: t('figure.discount'),
              cell: (order) => (order.discount.amountMinor > 0 ? f.money(order.discount) : '–'),
              isNumber: true,
              isMinor: true,
            },
            { key: 'total', head: t('user.total'), cell: (order) => f.money(order.total), isNumber: true },
          ]}
        />
      )}
    </Panel>
  );
}

export async function UserEvents({ events }: { events: User['events'] }) {
  const { t, f } = await reader();
  return (
    <Panel title={t('user.events')} isFlush>
      {events.length === 0 ? (
        <p className="px-4 pb-4 text-muted">{t('user.noEvents')}</p>
      ) : (
        <Table
          caption={t('user.events')}
          rows={events}
          rowKey={(event) => event.id}
          columns={[
            { key: 'at', head: t('history.at'), cell: (event) => f.dateTime(event.occurredAt) },
            { key: 'type', head: t('user.did'), cell: (event) => t(`eventType.${event.type}`) },
            {
              key: 'what',
              head: t('user.what'),
              cell: (event) =>
                event.product ? (
                  <Link className="hover:underline" href={`/products/${event.product.id}`}>
                    {event.product.name}
                  </Link>
                ) : (
                  (event.query ?? '–')
                ),
            },
            {
              key: 'detail',
              head: t('model.value'),
              cell: (event) =>
                event.value
                  ? f.money(event.value)
                  : event.rating
                    ? `${f.number(event.rating, 1)} / 5`
                    : event.quantity
                      ? `× ${event.quantity}`
                      : '',
              isNumber: true,
            },
          ]}
        />
      )}
    </Panel>
  );
}
