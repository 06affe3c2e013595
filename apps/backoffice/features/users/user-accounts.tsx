import type { UserQuery } from '@/generated/graphql.ts';
import { reader } from '@/lib/reader.ts';
import { Badge, Panel } from '@/ui/page.tsx';
import { Table } from '@/ui/table.tsx';

type Account = NonNullable<UserQuery['user']>['accounts'][number];

/** What the shop owes to the shopper, and how it came to that. */
export async function UserAccounts({ accounts }: { accounts: readonly Account[] }) {
  const { t, f, name } = await reader();
  const amountOf = ({ currency }: Account, amount: number, isSigned = false) =>
    currency === null
      ? t('user.points', { points: f.number(amount, 0, isSigned) })
      : f.money({ amountMinor: amount, currency }, { isSigned });
  const rows = accounts.flatMap((account) => account.entries.map((entry) => ({ account, entry })));
  return (
    <Panel title={t('user.accounts')} isFlush>
      {accounts.length === 0 ? <p className="px-4 pb-4 text-muted">{t('user.noAccounts')}</p> : null}
      <ul className="flex flex-wrap gap-x-6 gap-y-2 px-4 pb-3">
        {accounts.map((account) => (
          <li key={account.id} className="flex flex-wrap items-center gap-2">
            <span>
              {name('accountKind', account.kind)} {account.currency && account.codeEnding ? `…${account.codeEnding}` : ''}
            </span>
            <strong className="font-medium">{amountOf(account, account.balance)}</strong>
            {account.pending > 0 ? <Badge>{t('user.pending', { amount: amountOf(account, account.pending) })}</Badge> : null}
            {account.expiresAt ? (
              <span className="text-xs text-muted">{t('user.expires', { date: f.date(account.expiresAt) })}</span>
            ) : null}
          </li>
        ))}
      </ul>
      {rows.length === 0 ? null : (
        <Table
          caption={t('user.accounts')}
          rows={rows}
          rowKey={({ entry }) => entry.id}
          columns={[
            { key: 'at', head: t('history.at'), cell: ({ entry }) => f.dateTime(entry.at) },
            { key: 'kind', head: t('user.did'), cell: ({ entry }) => name('accountEntry', entry.kind) },
            {
              key: 'account',
              head: t('user.account'),
              cell: ({ account }) => (account.currency ? `…${account.codeEnding}` : name('accountKind', account.kind)),
              isMinor: true,
            },
            { key: 'order', head: t('user.order'), cell: ({ entry }) => entry.orderExternalId ?? '–', isMinor: true },
            {
              key: 'available',
              head: t('user.balanceChange'),
              cell: ({ account, entry }) => (entry.available === 0 ? '–' : amountOf(account, entry.available, true)),
              isNumber: true,
            },
            {
              key: 'pending',
              head: t('user.pendingChange'),
              cell: ({ account, entry }) => (entry.pending === 0 ? '–' : amountOf(account, entry.pending, true)),
              isNumber: true,
            },
          ]}
        />
      )}
    </Panel>
  );
}
