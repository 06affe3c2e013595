import Link from 'next/link';
import type { CampaignHeadFragment } from '@/generated/graphql.ts';
import { reader } from '@/lib/reader.ts';

/** Says that another version than this one is served, and leads to the comparison. */
export async function RevisionNotice({ campaign }: { campaign: CampaignHeadFragment }) {
  const { t } = await reader();
  if (campaign.revision === 'none' || campaign.liveVersion == null) return null;
  return (
    <p role="note" className="mb-4 rounded-md border border-accent bg-accent-soft px-3 py-2">
      {t(`versions.notice.${campaign.revision}`, { served: campaign.liveVersion, waiting: campaign.version })}{' '}
      <Link className="underline" href={`/campaigns/${campaign.id}/versions`}>
        {t('versions.see')}
      </Link>
    </p>
  );
}
