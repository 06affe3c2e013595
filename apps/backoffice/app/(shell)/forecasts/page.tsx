import type { Metadata } from 'next';
import Link from 'next/link';
import { FanChart } from '@/features/forecasts/fan-chart.tsx';
import { ForecastsQuery } from '@/features/forecasts/forecasts.queries.ts';
import { oneOf } from '@/lib/choice.ts';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { ButtonLink } from '@/ui/button.tsx';
import { Spark } from '@/ui/charts/spark.tsx';
import { SelectField } from '@/ui/field.tsx';
import { FilterBar } from '@/ui/filter-bar.tsx';
import { Badge, Empty, PageHead, Panel } from '@/ui/page.tsx';
import { Pager } from '@/ui/pager.tsx';
import { Table } from '@/ui/table.tsx';

const sorts = ['WORST_FIRST', 'BEST_FIRST', 'LARGEST'] as const;
const levels = ['PRODUCT', 'CATEGORY'] as const;
type Search = { searchParams: Promise<{ after?: string; sort?: string; level?: string; open?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('place.forecasts') };
}

export default async function ForecastsPage({ searchParams }: Search) {
  await requireViewer();
  const { after, sort, level, open } = await searchParams;
  const { t, f, name: word } = await reader();
  const { forecasts } = await query(ForecastsQuery, {
    first: 25,
    after: after ?? null,
    sort: oneOf(sorts, sort),
    level: oneOf(levels, level),
  });
  const shown = forecasts.nodes.find(({ id }) => id === open) ?? forecasts.nodes[0];
  const better = forecasts.nodes.filter(
    ({ mase, baselineMase }) => typeof mase === 'number' && typeof baselineMase === 'number' && mase < baselineMase,
  ).length;
  const name = (forecast: (typeof forecasts.nodes)[number]) => forecast.product?.name ?? forecast.category?.name ?? forecast.id;
  const link = (id: string) =>
    `/forecasts?${new URLSearchParams({ sort: oneOf(sorts, sort), level: oneOf(levels, level), open: id, ...(after ? { after } : {}) })}`;
  return (
    <>
      <PageHead
        title={t('place.forecasts')}
        lead={
          forecasts.nodes.length > 0
            ? t('forecasts.lead', { better, count: forecasts.nodes.length, total: forecasts.totalCount })
            : undefined
        }
      />
      <FilterBar label={t('common.filter')} submit={t('common.apply')}>
        <SelectField
          label={t('forecasts.level')}
          name="level"
          defaultValue={oneOf(levels, level)}
          options={levels.map((choice) => [choice, t(`forecastLevel.${choice}`)] as const)}
        />
        <SelectField
          label={t('common.sort')}
          name="sort"
          defaultValue={oneOf(sorts, sort)}
          options={sorts.map((choice) => [choice, t(`forecastSort.${choice}`)] as const)}
        />
      </FilterBar>
      {shown ? (
        <div className="flex flex-col gap-4">
          <Panel
            title={name(shown)}
            aside={t('forecast.by', { algorithm: word('algorithm', shown.algorithm), version: shown.model.version })}
          >
            <FanChart forecast={shown} />
          </Panel>
          <Panel isFlush>
            <Table
              caption={t('place.forecasts')}
              rows={forecasts.nodes}
              rowKey={(forecast) => forecast.id}
              columns={[
                {
                  key: 'name',
                  head: t('forecasts.what'),
                  cell: (forecast) => (
                    <Link
                      href={link(forecast.id)}
                      aria-current={forecast.id === shown.id ? 'true' : undefined}
                      className={`underline ${forecast.id === shown.id ? 'font-semibold' : ''}`}
                    >
                      {name(forecast)}
                    </Link>
                  ),
                },
                { key: 'algorithm', head: t('model.algorithm'), cell: (forecast) => word('algorithm', forecast.algorithm), isMinor: true },
                {
                  key: 'error',
                  head: t('forecasts.error'),
                  cell: (forecast) => (typeof forecast.mase === 'number' ? f.number(forecast.mase, 2) : '–'),
                  isNumber: true,
                },
                {
                  key: 'naive',
                  head: t('forecasts.naive'),
                  cell: (forecast) => (typeof forecast.baselineMase === 'number' ? f.number(forecast.baselineMase, 2) : '–'),
                  isNumber: true,
                },
                {
                  key: 'verdict',
                  head: t('forecasts.verdict'),
                  cell: (forecast) =>
                    typeof forecast.mase === 'number' && typeof forecast.baselineMase === 'number' ? (
                      <Badge tone={forecast.mase < forecast.baselineMase ? 'gain' : 'loss'}>
                        {t(forecast.mase < forecast.baselineMase ? 'forecasts.better' : 'forecasts.worse', {
                          share: f.percent(Math.abs(1 - forecast.mase / forecast.baselineMase)),
                        })}
                      </Badge>
                    ) : (
                      '–'
                    ),
                },
                {
                  key: 'spark',
                  head: t('forecasts.shape'),
                  cell: (forecast) => (
                    <Spark values={[...forecast.history.map(({ units }) => units), ...forecast.points.map(({ mean }) => mean)]} />
                  ),
                  isMinor: true,
                },
              ]}
            />
          </Panel>
        </div>
      ) : (
        <Empty
          title={t('forecasts.emptyTitle')}
          why={t('forecasts.emptyWhy')}
          action={
            <ButtonLink look="primary" href="/models">
              {t('place.models')}
            </ButtonLink>
          }
        />
      )}
      <Pager
        path="/forecasts"
        parameters={{ sort, level }}
        endCursor={forecasts.pageInfo.endCursor}
        hasNextPage={forecasts.pageInfo.hasNextPage}
        isFirst={!after}
        words={{ next: t('common.next'), first: t('common.first'), label: t('common.pages') }}
      />
    </>
  );
}
