import type { ReactNode } from 'react';
import type { ModelsQuery } from '@/generated/graphql.ts';
import { reader } from '@/lib/reader.ts';
import { DataTree } from '@/ui/data-tree.tsx';
import type { Tone } from '@/ui/page.tsx';
import { Badge, Code, Panel } from '@/ui/page.tsx';
import { Table } from '@/ui/table.tsx';
import { numbersOf } from './numbers-of.ts';

type Model = ModelsQuery['models'][number];
const tones: Record<Model['status'], Tone> = { champion: 'gain', candidate: 'accent', retired: 'plain', refused: 'loss' };

/** One kind of model: every metric beside its baseline. */
export async function ModelKind({ kind, versions, actions }: { kind: string; versions: readonly Model[]; actions: ReactNode }) {
  const { t, f, name } = await reader();
  return (
    <Panel title={name('modelKind', kind)} aside={actions} isFlush>
      <Table
        caption={name('modelKind', kind)}
        rows={versions.toSorted((a, b) => b.version - a.version)}
        rowKey={(model) => model.id}
        columns={[
          {
            key: 'version',
            head: t('history.version'),
            cell: (model) => (
              <>
                v{model.version} <Badge tone={tones[model.status]}>{t(`modelStatus.${model.status}`)}</Badge>
              </>
            ),
          },
          {
            key: 'algorithm',
            head: t('model.algorithm'),
            cell: (model) => (
              <>
                {name('algorithm', model.algorithm)}
                {model.backend ? <span className="block text-xs text-muted">{name('backend', model.backend)}</span> : null}
              </>
            ),
          },
          { key: 'metrics', head: t('models.againstBaseline'), cell: (model) => <Metrics model={model} /> },
          {
            key: 'data',
            head: t('evidence.dataWindow'),
            cell: (model) => (model.dataFrom && model.dataTo ? `${f.date(model.dataFrom)} – ${f.date(model.dataTo)}` : '–'),
            isMinor: true,
          },
          { key: 'made', head: t('history.at'), cell: (model) => f.dateTime(model.createdAt), isMinor: true },
          {
            key: 'more',
            head: t('models.details'),
            cell: (model) => (
              <details>
                <summary>{t('models.details')}</summary>
                <div className="mt-2 flex flex-col gap-1 text-xs">
                  <span>
                    {t('models.seed')} <Code>{model.seed}</Code>
                  </span>
                  {model.artefactHash ? (
                    <span>
                      {t('history.hash')} <Code>{model.artefactHash.slice(0, 16)}</Code>
                    </span>
                  ) : null}
                  <DataTree value={{ gate: model.gate, metrics: model.metrics, baseline: model.baseline }} />
                </div>
              </details>
            ),
            isMinor: true,
          },
        ]}
      />
    </Panel>
  );
}

async function Metrics({ model }: { model: Model }) {
  const { t, f, name } = await reader();
  const baseline = new Map(numbersOf(model.baseline));
  return (
    <ul className="flex flex-col gap-0.5">
      {numbersOf(model.metrics)
        .filter(([metric]) => t.has(`metric.${metric}` as Parameters<typeof t.has>[0]))
        .map(([metric, value]) => {
          const beside = baseline.get(metric);
          return (
            <li key={metric}>
              <span className="text-muted">{name('metric', metric)}</span> <strong>{f.number(value, 3)}</strong>
              {beside === undefined ? null : (
                <span className="text-xs text-muted">
                  {' '}
                  · {t('model.baseline')} {f.number(beside, 3)}
                </span>
              )}
            </li>
          );
        })}
    </ul>
  );
}
