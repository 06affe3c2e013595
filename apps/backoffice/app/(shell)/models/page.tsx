import type { Metadata } from 'next';
import { ModelActions } from '@/features/models/model-actions.tsx';
import { ModelKind } from '@/features/models/model-kind.tsx';
import { trainModels } from '@/features/models/model.actions.ts';
import { ModelsQuery } from '@/features/models/models.queries.ts';
import { StartJob } from '@/features/models/start-job.tsx';
import { TrainingData } from '@/features/models/training-data.tsx';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { Empty, PageHead } from '@/ui/page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('place.models') };
}

export default async function ModelsPage() {
  const viewer = await requireViewer();
  const { models, trainingData } = await query(ModelsQuery, {});
  const { t } = await reader();
  const kinds = [...Map.groupBy(models, (model) => model.kind)];
  const start = viewer.may('trainModels') ? (
    <StartJob action={trainModels} label={t('models.train')} look={models.length === 0 ? 'primary' : 'plain'} />
  ) : null;
  return (
    <>
      <PageHead
        title={t('place.models')}
        lead={t('models.lead', {
          champions: models.filter((model) => model.status === 'champion').length,
          candidates: models.filter((model) => model.status === 'candidate').length,
        })}
        actions={models.length > 0 ? start : null}
      />
      {kinds.length === 0 ? <Empty title={t('models.emptyTitle')} why={t('models.emptyWhy')} action={start} /> : null}
      <div className="flex flex-col gap-4">
        {trainingData ? <TrainingData data={trainingData} mayTrain={viewer.may('trainModels')} /> : null}
        {kinds.map(([kind, versions]) => (
          <ModelKind
            key={kind}
            kind={kind}
            versions={versions}
            actions={
              <ModelActions
                kind={kind}
                candidates={
                  viewer.may('promoteModel')
                    ? versions.filter((model) => model.status === 'candidate').map(({ id, version }) => ({ id, version }))
                    : []
                }
                mayRollback={viewer.may('rollbackModel') && versions.some((model) => model.status === 'retired')}
              />
            }
          />
        ))}
      </div>
    </>
  );
}
