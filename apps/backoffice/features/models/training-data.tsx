import type { ModelsQuery } from '@/generated/graphql.ts';
import { reader } from '@/lib/reader.ts';
import { Badge, Figure, Figures, Panel } from '@/ui/page.tsx';
import { trainModels } from './model.actions.ts';
import { StartJob } from './start-job.tsx';

type Data = NonNullable<ModelsQuery['trainingData']>;

/** What the models in service learned from, and what to look at before trusting them. */
export async function TrainingData({ data, mayTrain }: { data: Data; mayTrain: boolean }) {
  const { t, f } = await reader();
  const found = data.checks.filter(({ level }) => level !== 'ok');
  return (
    <Panel title={t('trainingData.title')} aside={<span className="text-xs text-muted">{f.dateTime(data.asOf)}</span>}>
      <Figures>
        {(['users', 'products', 'orders', 'events'] as const).map((key) => (
          <Figure key={key} label={t(`trainingData.${key}`)} value={f.number(data[key])} />
        ))}
      </Figures>
      {found.length === 0 ? (
        <p className="mt-3 text-sm text-muted">{t('trainingData.asBefore')}</p>
      ) : (
        <ul className="mt-3 flex flex-col gap-1">
          {found.map((check) => (
            <li key={`${check.code} ${check.subject}`}>
              <Badge tone={check.level === 'stop' ? 'loss' : 'warn'}>{t(`trainingData.${check.level}`)}</Badge> {f.text(check.message)}
            </li>
          ))}
        </ul>
      )}
      <details className="mt-3 text-sm">
        <summary>{t('trainingData.all', { count: data.checks.length })}</summary>
        <ul className="mt-2 list-disc ps-5 text-muted">
          {data.checks.map((check) => (
            <li key={`${check.code} ${check.subject}`}>{f.text(check.message)}</li>
          ))}
        </ul>
        {mayTrain ? (
          <div className="mt-3 flex flex-col gap-2">
            <p>{t('trainingData.acceptText')}</p>
            <StartJob action={trainModels} label={t('trainingData.accept')} fields={{ acceptData: 'true' }} />
          </div>
        ) : null}
      </details>
    </Panel>
  );
}
