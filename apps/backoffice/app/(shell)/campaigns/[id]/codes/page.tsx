import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CampaignHeader } from '@/features/campaigns/campaign-header.tsx';
import { CodeBatchForm } from '@/features/campaigns/code-batch-form.tsx';
import { CodeBatches } from '@/features/campaigns/code-batches.tsx';
import { CodeLife } from '@/features/campaigns/code-life.tsx';
import { CodeLifeQuery, CodesQuery } from '@/features/campaigns/codes.queries.ts';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { Empty, Panel } from '@/ui/page.tsx';

type Params = { params: Promise<{ id: string }>; searchParams: Promise<{ code?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('campaign.tab.codes') };
}

const MAX_CODE_CHARACTERS = 100;

export default async function CodesPage({ params, searchParams }: Params) {
  const viewer = await requireViewer();
  const asked = (await searchParams).code;
  const text = typeof asked === 'string' ? asked.trim().slice(0, MAX_CODE_CHARACTERS) : '';
  const [{ campaign }, life] = await Promise.all([
    query(CodesQuery, { id: (await params).id }),
    text === '' ? null : query(CodeLifeQuery, { text }),
  ]);
  if (!campaign) notFound();
  const { t, f } = await reader();
  const unlocked = campaign.promotions.filter(({ kind, needsCode }) => kind === 'coupon' || needsCode);
  const mayRevoke = viewer.may('revokeCodes');
  return (
    <>
      <CampaignHeader campaign={campaign} tab="codes" />
      <div className="mb-4 grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Panel title={t('codes.lookUp')}>
          <form method="get" className="mb-3 flex flex-wrap items-end gap-3">
            <Field label={t('redemptions.code')} hint={t('codes.lookUpHint')} className="grow">
              <input
                name="code"
                defaultValue={text}
                maxLength={MAX_CODE_CHARACTERS}
                autoComplete="off"
                spellCheck={false}
                className="control"
              />
            </Field>
            <Button type="submit" className="mb-5">
              {t('codes.lookUpDo')}
            </Button>
          </form>
          {life === null ? null : life.code ? (
            <CodeLife life={life.code} campaignId={campaign.id} mayRevoke={mayRevoke} />
          ) : (
            <p role="status">{t('codes.unknown')}</p>
          )}
        </Panel>
        <Panel title={t('codes.makeTitle')}>
          {!viewer.may('createCodeBatch') ? (
            <p className="text-muted">{t('codes.mayNotMake')}</p>
          ) : unlocked.length === 0 ? (
            <p className="text-muted">{t('codes.needsNone')}</p>
          ) : (
            <CodeBatchForm campaignId={campaign.id} promotions={unlocked.map(({ id, sentence }) => [id, f.text(sentence)] as const)} />
          )}
        </Panel>
      </div>
      {campaign.codeBatches.length === 0 ? (
        <Empty title={t('codes.emptyTitle')} why={t('codes.emptyWhy')} />
      ) : (
        <Panel title={t('codes.batches')} isFlush>
          <CodeBatches
            campaignId={campaign.id}
            batches={campaign.codeBatches}
            mayExport={viewer.may('exportCodes')}
            mayRevoke={mayRevoke}
          />
        </Panel>
      )}
    </>
  );
}
