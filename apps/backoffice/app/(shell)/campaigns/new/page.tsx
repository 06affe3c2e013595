import type { Metadata } from 'next';
import { CampaignForm } from '@/features/campaigns/campaign-form.tsx';
import { emptyDraft, formChoices } from '@/features/campaigns/campaign-form-data.ts';
import { CampaignFormQuery } from '@/features/campaigns/campaigns.queries.ts';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { PageHead } from '@/ui/page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('campaign.new') };
}

export default async function NewCampaignPage() {
  const viewer = await requireViewer();
  const answer = await query(CampaignFormQuery, {});
  const { t, f } = await reader();
  return (
    <>
      <PageHead title={t('campaign.new')} lead={t('form.lead')} />
      <CampaignForm draft={emptyDraft(answer)} {...formChoices(answer, f)} mayRehearse={viewer.may('rehearseCampaign')} />
    </>
  );
}
