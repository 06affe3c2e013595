import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { CampaignHeader } from '@/features/campaigns/campaign-header.tsx';
import { RedemptionsQuery } from '@/features/campaigns/campaigns.queries.ts';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { ButtonLink } from '@/ui/button.tsx';
import { Badge, Code, Empty, Figure, Figures, Panel } from '@/ui/page.tsx';
import { Table } from '@/ui/table.tsx';

type Params = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('campaign.tab.redemptions') };
}

export default async function RedemptionsPage({ params }: Params) {
  await requireViewer();
  const { campaign } = await query(RedemptionsQuery, { id: (await params).id });
  if (!campaign) notFound();
  const { t, f } = await reader();
  const { budget } = campaign;
  const left = budget.budget.amountMinor - budget.spent.amountMinor - budget.reserved.amountMinor;
  return (
    <>
      <CampaignHeader campaign={campaign} tab="redemptions" />
      <Panel className="mb-4">
        <Figures>
          <Figure label={t('form.budget')} value={f.money(budget.budget)} />
          <Figure label={t('ledger.spent')} value={f.money(budget.spent)} detail={t('ledger.uses', { count: budget.redemptionCount })} />
          <Figure label={t('ledger.reserved')} value={f.money(budget.reserved)} detail={t('ledger.inCarts')} />
          <Figure label={t('ledger.left')} value={f.money({ amountMinor: left, currency: budget.budget.currency })} />
        </Figures>
      </Panel>
      {campaign.redemptions.length === 0 && campaign.ledger.length === 0 ? (
        <Empty
          title={t('redemptions.emptyTitle')}
          why={t('redemptions.emptyWhy')}
          action={<ButtonLink href={`/campaigns/${campaign.id}`}>{t('campaign.tab.proposal')}</ButtonLink>}
        />
      ) : (
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <Panel title={t('redemptions.title')} isFlush>
            <Table
              caption={t('redemptions.title')}
              rows={campaign.redemptions}
              rowKey={(redemption) => redemption.id}
              columns={[
                { key: 'at', head: t('history.at'), cell: (redemption) => f.dateTime(redemption.reservedAt) },
                {
                  key: 'status',
                  head: t('campaigns.status'),
                  cell: (redemption) => (
                    <Badge tone={redemption.status === 'committed' ? 'gain' : 'plain'}>{t(`redemptionStatus.${redemption.status}`)}</Badge>
                  ),
                },
                {
                  key: 'amount',
                  head: t('ledger.amount'),
                  cell: (redemption) => (
                    <>
                      {f.money(redemption.amount)}
                      {redemption.refunded.amountMinor > 0 ? (
                        <span className="block text-xs text-muted">
                          {t('redemptions.refunded', { amount: f.money(redemption.refunded) })}
                        </span>
                      ) : null}
                    </>
                  ),
                  isNumber: true,
                },
                {
                  key: 'user',
                  head: t('redemptions.user'),
                  cell: (redemption) =>
                    redemption.user ? (
                      <Link className="underline" href={`/users/${encodeURIComponent(redemption.user.externalId)}`}>
                        {redemption.user.externalId}
                      </Link>
                    ) : (
                      t('redemptions.anonymous')
                    ),
                },
                { key: 'order', head: t('redemptions.order'), cell: (redemption) => redemption.order?.externalId ?? '–' },
                {
                  key: 'code',
                  head: t('redemptions.code'),
                  cell: (redemption) => (redemption.code ? <Code>{redemption.code}</Code> : '–'),
                  isMinor: true,
                },
              ]}
            />
          </Panel>
          <div className="flex min-w-0 flex-col gap-4">
            <Panel title={t('ledger.title')} aside={t('ledger.aside')} isFlush>
              <Table
                caption={t('ledger.title')}
                rows={campaign.ledger}
                rowKey={(entry) => entry.id}
                columns={[
                  { key: 'at', head: t('history.at'), cell: (entry) => f.dateTime(entry.at) },
                  { key: 'kind', head: t('ledger.entry'), cell: (entry) => t(`ledgerKind.${entry.kind}`) },
                  { key: 'amount', head: t('ledger.amount'), cell: (entry) => f.money(entry.amount), isNumber: true },
                  { key: 'uses', head: t('campaigns.uses'), cell: (entry) => f.number(entry.uses), isNumber: true },
                ]}
              />
            </Panel>
            {campaign.codes.length > 0 ? (
              <Panel title={t('redemptions.codes')} isFlush>
                <Table
                  caption={t('redemptions.codes')}
                  rows={campaign.codes}
                  rowKey={(code) => code.code}
                  columns={[
                    { key: 'code', head: t('redemptions.code'), cell: (code) => <Code>{code.code}</Code> },
                    {
                      key: 'used',
                      head: t('campaigns.uses'),
                      cell: (code) => `${f.number(code.used)} / ${code.useLimit === null ? t('common.noLimit') : f.number(code.useLimit)}`,
                      isNumber: true,
                    },
                    {
                      key: 'state',
                      head: t('campaigns.status'),
                      cell: (code) =>
                        code.isRevoked ? (
                          <Badge tone="loss">{t('apiKeys.revoked')}</Badge>
                        ) : (
                          <Badge tone="gain">{t('apiKeys.active')}</Badge>
                        ),
                    },
                  ]}
                />
              </Panel>
            ) : null}
          </div>
        </div>
      )}
    </>
  );
}
