import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CampaignHeader } from '@/features/campaigns/campaign-header.tsx';
import { CampaignQuery } from '@/features/campaigns/campaigns.queries.ts';
import { Claim } from '@/features/campaigns/claim.tsx';
import { DecisionBar } from '@/features/campaigns/decision-bar.tsx';
import { Evidence } from '@/features/campaigns/evidence.tsx';
import { Guardrails } from '@/features/campaigns/guardrails.tsx';
import { Approvals, CampaignHistory } from '@/features/campaigns/history.tsx';
import { ProposalChart } from '@/features/campaigns/proposal-chart.tsx';
import { WhatIfPanel } from '@/features/campaigns/what-if-panel.tsx';
import { RevisionNotice } from '@/features/campaigns/revision-notice.tsx';
import { What, Who, Why } from '@/features/campaigns/who-what-why.tsx';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { Panel } from '@/ui/page.tsx';

type Params = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('proposal.title') };
}

export default async function CampaignPage({ params }: Params) {
  await requireViewer();
  const { campaign } = await query(CampaignQuery, { id: (await params).id });
  if (!campaign) notFound();
  const { t, f } = await reader();
  return (
    <>
      <CampaignHeader campaign={campaign} tab="proposal" />
      <RevisionNotice campaign={campaign} />
      <Claim campaign={campaign} />
      <DecisionBar
        id={campaign.id}
        version={campaign.version}
        contentHash={campaign.contentHash}
        allowedActions={campaign.allowedActions}
        approvalsNeeded={campaign.approvalsNeeded}
        approvalsGiven={campaign.approvals.filter((approval) => approval.isValid && approval.decision.startsWith('approve')).length}
        cap={f.money(campaign.budget.budget)}
      />
      {campaign.evidence && campaign.evidence.series.length > 0 ? (
        <Panel title={t('proposal.chartTitle')} aside={t('proposal.chartAside')} className="mb-4">
          <ProposalChart campaign={campaign} evidence={campaign.evidence} />
        </Panel>
      ) : null}
      <div className="mb-4 grid items-start gap-4 lg:grid-cols-3">
        <Who campaign={campaign} />
        <What campaign={campaign} />
        <Why campaign={campaign} />
      </div>
      <div className="mb-4 grid items-start gap-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <Guardrails guardrails={campaign.guardrails} />
          <Approvals campaign={campaign} />
        </div>
        <WhatIfPanel campaign={campaign} />
      </div>
      {campaign.evidence ? <Evidence evidence={campaign.evidence} /> : null}
      <CampaignHistory campaign={campaign} />
    </>
  );
}
