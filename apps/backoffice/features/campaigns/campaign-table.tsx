import Link from 'next/link';
import type { CampaignsQuery } from '@/generated/graphql.ts';
import { reader } from '@/lib/reader.ts';
import { Badge, Bar } from '@/ui/page.tsx';
import { Table } from '@/ui/table.tsx';
import { statusTone } from './campaign-words.ts';

type Row = CampaignsQuery['campaigns']['nodes'][number];

/** Spent and reserved against the budget. */
export async function CampaignTable({ campaigns }: { campaigns: readonly Row[] }) {
  const { t, f } = await reader();
  const burn = ({ budget }: Row) =>
    budget.budget.amountMinor > 0 ? (budget.spent.amountMinor + budget.reserved.amountMinor) / budget.budget.amountMinor : 0;
  return (
    <Table
      caption={t('place.campaigns')}
      rows={campaigns}
      rowKey={(campaign) => campaign.id}
      columns={[
        {
          key: 'title',
          head: t('campaigns.name'),
          cell: (campaign) => (
            <>
              <Link href={`/campaigns/${campaign.id}`} className="font-medium underline">
                {f.text(campaign.title)}
              </Link>
              <span className="block text-xs text-muted">
                {campaign.promotions.map((promotion) => f.text(promotion.sentence)).join(' · ')}
              </span>
            </>
          ),
        },
        {
          key: 'status',
          head: t('campaigns.status'),
          cell: (campaign) => (
            <Badge tone={campaign.isKilled ? 'loss' : statusTone[campaign.status]}>
              {campaign.isKilled ? t('status.killed') : t(`status.${campaign.status}`)}
            </Badge>
          ),
        },
        {
          key: 'when',
          head: t('campaigns.when'),
          cell: (campaign) => (
            <span className="whitespace-nowrap">
              {f.day(campaign.schedule.startsAt)} – {f.day(campaign.schedule.endsAt)}
            </span>
          ),
          isMinor: true,
        },
        {
          key: 'burn',
          head: t('campaigns.burn'),
          cell: (campaign) => (
            <div className="min-w-32">
              <span className="text-xs">
                {f.money(campaign.budget.spent, { stepMinor: 100 })} / {f.money(campaign.budget.budget, { stepMinor: 100 })}
              </span>
              <Bar
                share={burn(campaign)}
                tone={burn(campaign) >= 0.9 ? 'warn' : 'accent'}
                label={t('campaigns.burnOf', { name: f.text(campaign.title) })}
              />
            </div>
          ),
          isMinor: true,
        },
        {
          key: 'uses',
          head: t('campaigns.uses'),
          cell: (campaign) => f.number(campaign.budget.redemptionCount),
          isNumber: true,
          isMinor: true,
        },
        {
          key: 'promise',
          head: t('campaigns.promise'),
          cell: (campaign) => (campaign.evidence ? f.gain(campaign.evidence.incrementalMargin) : '–'),
          isNumber: true,
        },
        {
          key: 'measured',
          head: t('campaigns.measured'),
          cell: (campaign) => {
            const total = campaign.measurement?.incrementalMargin?.total;
            return total ? (
              <Link className="underline" href={`/campaigns/${campaign.id}/result`}>
                {f.money({ amountMinor: total.mean, currency: campaign.budget.budget.currency }, { isSigned: true, stepMinor: 100 })}
              </Link>
            ) : (
              '–'
            );
          },
          isNumber: true,
        },
      ]}
    />
  );
}
