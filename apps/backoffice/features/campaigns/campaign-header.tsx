import Link from 'next/link';
import type { CampaignHeadFragment } from '@/generated/graphql.ts';
import { reader } from '@/lib/reader.ts';
import { ButtonLink } from '@/ui/button.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Badge, PageHead } from '@/ui/page.tsx';
import { isAllowed, statusTone } from './campaign-words.ts';

type Tab = 'proposal' | 'versions' | 'result' | 'redemptions' | 'codes';

export async function CampaignHeader({ campaign, tab }: { campaign: CampaignHeadFragment; tab: Tab }) {
  const { t, f } = await reader();
  const tabs = [
    ['proposal', `/campaigns/${campaign.id}`],
    ['versions', `/campaigns/${campaign.id}/versions`],
    ['result', `/campaigns/${campaign.id}/result`],
    ['redemptions', `/campaigns/${campaign.id}/redemptions`],
    ['codes', `/campaigns/${campaign.id}/codes`],
  ] as const satisfies readonly (readonly [Tab, string])[];
  const isEditable = isAllowed(campaign, 'revise');
  return (
    <>
      <PageHead
        kicker={
          <span className="flex flex-wrap items-center gap-2">
            <Link href="/campaigns" className="underline">
              {t('place.campaigns')}
            </Link>
            <Badge tone={campaign.isKilled ? 'loss' : statusTone[campaign.status]}>
              {campaign.isKilled ? t('status.killed') : t(`status.${campaign.status}`)}
            </Badge>
            <span className="flex items-center gap-1">
              <Icon name={campaign.origin === 'ai' ? 'ai' : 'person'} size={14} />
              {campaign.origin === 'ai' ? t('origin.ai') : (campaign.author?.name ?? t('origin.manager'))}
            </span>
            {campaign.occasion ? <span>{t(`occasion.${campaign.occasion}`)}</span> : null}
          </span>
        }
        title={f.text(campaign.title)}
        actions={isEditable ? <ButtonLink href={`/campaigns/${campaign.id}/edit`}>{t('common.edit')}</ButtonLink> : null}
      />
      <nav aria-label={t('campaign.views')} className="mb-4 flex gap-1 border-b border-line">
        {tabs.map(([name, path]) => (
          <Link
            key={name}
            href={path}
            aria-current={name === tab ? 'page' : undefined}
            className={`-mb-px border-b-2 px-3 py-2 ${name === tab ? 'border-accent font-medium text-accent' : 'border-transparent hover:border-line-strong'}`}
          >
            {t(`campaign.tab.${name}`)}
          </Link>
        ))}
      </nav>
    </>
  );
}
