import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { CampaignForm } from '@/features/campaigns/campaign-form.tsx';
import { draftOf, formChoices } from '@/features/campaigns/campaign-form-data.ts';
import { CampaignContentQuery, CampaignFormQuery } from '@/features/campaigns/campaigns.queries.ts';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { PageHead } from '@/ui/page.tsx';

type Params = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('common.edit') };
}

export default async function EditCampaignPage({ params }: Params) {
  const viewer = await requireViewer();
  const { campaign } = await query(CampaignContentQuery, { id: (await params).id });
  if (!campaign) notFound();
  const answer = await query(CampaignFormQuery, {});
  const { t, f } = await reader();
  return (
    <>
      <PageHead
        kicker={
          <Link className="underline" href={`/campaigns/${campaign.id}`}>
            {f.text(campaign.title)}
          </Link>
        }
        title={t('form.editTitle')}
        lead={t('form.editLead', { version: campaign.version + 1 })}
      />
      <CampaignForm
        draft={draftOf(campaign)}
        {...formChoices(answer, f)}
        mayRehearse={viewer.may('rehearseCampaign')}
        timeZone={campaign.schedule.timeZone}
      />
    </>
  );
}
