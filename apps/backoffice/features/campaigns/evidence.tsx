import type { ReactNode } from 'react';
import { reader } from '@/lib/reader.ts';
import { Code, Facts, Panel } from '@/ui/page.tsx';
import { Table } from '@/ui/table.tsx';
import type { CampaignDetail } from './claim.tsx';

const Fold = ({ title, children }: { title: string; children: ReactNode }) => (
  <details className="border-t border-line first:border-0">
    <summary className="px-4 py-2.5 font-medium">{title}</summary>
    <div className="px-4 pb-4">{children}</div>
  </details>
);

/** Opened on demand: backtest, models against their baselines, data window, hash. */
export async function Evidence({ evidence }: { evidence: NonNullable<CampaignDetail['evidence']> }) {
  const { t, f, name } = await reader();
  const { backtest } = evidence;
  return (
    <Panel title={t('evidence.title')} aside={f.dateTime(evidence.createdAt)} className="mb-4" isFlush>
      {backtest ? (
        <Fold title={t('evidence.backtest')}>
          <Facts
            rows={[
              [t('evidence.window'), backtest.window],
              [t('evidence.orders'), f.number(backtest.orderCount)],
              [
                t('evidence.touched'),
                `${f.number(backtest.touchedCount)} (${f.percent(backtest.orderCount > 0 ? backtest.touchedCount / backtest.orderCount : 0, 1)})`,
              ],
              [t('evidence.discount'), f.money(backtest.discount)],
              [t('evidence.margin'), f.money(backtest.margin, { isSigned: true })],
            ]}
          />
          <p className="mt-2 text-xs text-muted">{t('evidence.backtestNote')}</p>
        </Fold>
      ) : null}
      <Fold title={t('evidence.models')}>
        <Table
          caption={t('evidence.models')}
          rows={evidence.models}
          rowKey={(model) => `${model.kind}${model.version}`}
          columns={[
            { key: 'kind', head: t('model.kind'), cell: (model) => `${name('modelKind', model.kind)} v${model.version}` },
            { key: 'algorithm', head: t('model.algorithm'), cell: (model) => name('algorithm', model.algorithm) },
            { key: 'metric', head: t('model.metric'), cell: (model) => (model.metric ? name('metric', model.metric) : '–') },
            {
              key: 'value',
              head: t('model.value'),
              cell: (model) => (typeof model.value === 'number' ? f.number(model.value, 3) : '–'),
              isNumber: true,
            },
            {
              key: 'baseline',
              head: t('model.baseline'),
              cell: (model) => (typeof model.baseline === 'number' ? f.number(model.baseline, 3) : '–'),
              isNumber: true,
            },
          ]}
        />
      </Fold>
      <Fold title={t('evidence.data')}>
        <Facts
          rows={[
            [
              t('evidence.dataWindow'),
              evidence.dataFrom && evidence.dataTo ? `${f.date(evidence.dataFrom)} – ${f.date(evidence.dataTo)}` : t('common.unknown'),
            ],
            [
              t('evidence.sample'),
              evidence.incrementalUnits.sampleSize ? f.number(evidence.incrementalUnits.sampleSize) : t('common.unknown'),
            ],
            [t('figure.revenue'), `${f.gain(evidence.incrementalRevenue)} (80%: ${f.interval(evidence.incrementalRevenue)})`],
            [t('evidence.hash'), <Code key="hash">{evidence.hash}</Code>],
          ]}
        />
      </Fold>
    </Panel>
  );
}
