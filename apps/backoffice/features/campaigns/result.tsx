import type { ResultQuery } from '@/generated/graphql.ts';
import { supportedStep } from '@/lib/format.ts';
import { reader } from '@/lib/reader.ts';
import { BarChart } from '@/ui/charts/bar-chart.tsx';
import { LineChart } from '@/ui/charts/line-chart.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Badge, Facts, Figure, Figures, Panel } from '@/ui/page.tsx';

type Campaign = NonNullable<ResultQuery['campaign']>;
type Measurement = NonNullable<Campaign['measurement']>;
type Effect = NonNullable<Measurement['incrementalMargin']>['total'];

/** Colour only what is certain: a gain that may be none is neither green nor red. */
const verdictTone = (verdict: string): 'gain' | 'loss' | 'plain' => (verdict === 'gain' || verdict === 'loss' ? verdict : 'plain');
const verdictInk = { gain: 'text-gain', loss: 'text-loss', plain: '' } as const;

/** Do the groups differ by the offer alone? What was measured before leaks were counted is believed as it was then. */
export const isComparable = ({ isSampleRatioOk, isHoldoutKept }: Measurement): boolean => isSampleRatioOk && isHoldoutKept !== false;

/** Measured margin with its interval, the promise beside it. A failed sample-ratio check or a leaking holdout replaces the verdict. */
export async function Verdict({ campaign, measurement }: { campaign: Campaign; measurement: Measurement }) {
  const { t, f, name } = await reader();
  const { currency } = measurement.influencedRevenue;
  if (!measurement.isSampleRatioOk) {
    const why = t('result.invalidWhy', {
      offered: f.number(measurement.offeredCount),
      heldOut: f.number(measurement.heldOutCount),
      planned: f.basisPoints(campaign.holdoutBasisPoints),
      p: measurement.sampleRatioPValue < 0.001 ? '< 0.001' : f.number(measurement.sampleRatioPValue, 3),
    });
    return <NoVerdict title={t('result.invalidTitle')} why={why} remedy={t('result.invalidDo')} />;
  }
  if (!isComparable(measurement)) {
    const why = t('result.leakedWhy', {
      heldOut: f.number(measurement.heldOutCount),
      redeemed: f.number(measurement.heldOutRedeemedCount ?? 0),
      exposed: f.number(measurement.heldOutExposedCount ?? 0),
    });
    return <NoVerdict title={t('result.leakedTitle')} why={why} remedy={t('result.leakedDo')} />;
  }
  const total = measurement.incrementalMargin?.total;
  const step = total ? supportedStep((total.upper95 - total.lower95) / 2) : 1;
  const sum = (amountMinor: number, isSigned = false) => f.money({ amountMinor, currency }, { isSigned, stepMinor: step });
  const moneyRange = (effect: Effect) => `95%: ${sum(effect.lower95)} … ${sum(effect.upper95)}`;
  const promised = measurement.promisedMargin ?? campaign.evidence?.incrementalMargin ?? null;
  return (
    <Panel>
      <div className="flex flex-wrap items-start justify-between gap-6">
        <div className="max-w-2xl">
          <p className="flex items-center gap-2 text-xs text-muted">
            {t('result.question')} <Badge tone={verdictTone(measurement.verdict)}>{name('verdict', measurement.verdict)}</Badge>
            {measurement.isFinal ? null : <Badge tone="warn">{t('result.notFinal')}</Badge>}
          </p>
          {total ? (
            <p className={`mt-1 text-[2.25rem] leading-tight font-semibold tracking-tight ${verdictInk[verdictTone(measurement.verdict)]}`}>
              {sum(total.mean, true)} <span className="text-lg font-medium">{t('word.margin')}</span>
            </p>
          ) : null}
          {total ? <p className="text-muted">{moneyRange(total)}</p> : null}
          <p className="mt-2 text-lg">{f.text(measurement.sentence)}</p>
        </div>
        {promised ? (
          <div className="rounded-md bg-sunken px-4 py-3">
            <p className="text-xs text-muted">{t('result.promised')}</p>
            <p className="text-2xl font-semibold">{f.gain(promised)}</p>
            <p className="text-xs text-muted">80%: {f.interval(promised)}</p>
            {measurement.isFinal && typeof measurement.isPromiseKept === 'boolean' ? (
              <p className={`mt-1 flex items-center gap-1 font-medium ${measurement.isPromiseKept ? 'text-gain' : 'text-loss'}`}>
                <Icon name={measurement.isPromiseKept ? 'check' : 'cross'} size={16} />{' '}
                {t(measurement.isPromiseKept ? 'result.kept' : 'result.broken')}
              </p>
            ) : null}
          </div>
        ) : null}
      </div>
      <div className="mt-4 border-t border-line pt-4">
        <Figures>
          {measurement.incrementalUnits ? (
            <Figure
              label={t('figure.units')}
              value={f.number(measurement.incrementalUnits.total.mean, 0, true)}
              detail={`95%: ${f.number(measurement.incrementalUnits.total.lower95)} … ${f.number(measurement.incrementalUnits.total.upper95)}`}
            />
          ) : null}
          {measurement.incrementalRevenue ? (
            <Figure
              label={t('figure.revenue')}
              value={sum(measurement.incrementalRevenue.total.mean, true)}
              detail={moneyRange(measurement.incrementalRevenue.total)}
            />
          ) : null}
          {measurement.incrementalMargin ? (
            <Figure
              label={t('result.perThousand')}
              value={sum(measurement.incrementalMargin.perThousandUsers.mean, true)}
              detail={moneyRange(measurement.incrementalMargin.perThousandUsers)}
            />
          ) : null}
          <Figure label={t('figure.discount')} value={f.money(measurement.discountCost, { stepMinor: 100 })} detail={t('result.exact')} />
        </Figures>
      </div>
      <p className="mt-4 text-xs text-muted">
        {t('result.influenced', { amount: f.money(measurement.influencedRevenue, { stepMinor: 100 }) })}
      </p>
    </Panel>
  );
}

function NoVerdict({ title, why, remedy }: { title: string; why: string; remedy: string }) {
  return (
    <section role="alert" className="rounded-lg border-2 border-loss bg-surface p-5">
      <h2 className="flex items-center gap-2 text-lg font-semibold text-loss">
        <Icon name="warn" /> {title}
      </h2>
      <p className="mt-2 max-w-prose">{why}</p>
      <p className="mt-2 max-w-prose text-muted">{remedy}</p>
    </section>
  );
}

export async function GroupMeans({ measurement }: { measurement: Measurement }) {
  const { t, f, name } = await reader();
  const { currency } = measurement.influencedRevenue;
  const sum = (amountMinor: number) => f.money({ amountMinor, currency });
  return (
    <Panel title={t('result.groups')} aside={t('result.perUser')}>
      <BarChart
        label={t('result.groups')}
        formatValue={(value) => f.money({ amountMinor: value, currency }, { stepMinor: 100 })}
        rows={measurement.groups.map((group) => ({
          label: name('group', group.group),
          value: group.meanMarginMinor,
          low: group.lower95,
          high: group.upper95,
          colour: group.group.startsWith('off') ? 'accent' : 'past',
          text: `${sum(group.meanMarginMinor)} · ${t('audience.users', { size: f.number(group.userCount) })}`,
        }))}
        twinLabel={t('chart.asTable')}
        twin={{
          head: [t('result.group'), t('unit.users'), t('result.mean'), '95%'],
          rows: measurement.groups.map((group) => [
            name('group', group.group),
            f.number(group.userCount),
            sum(group.meanMarginMinor),
            `${sum(group.lower95)} … ${sum(group.upper95)}`,
          ]),
        }}
      />
      <div className="mt-3 border-t border-line pt-3">
        <Facts
          rows={[
            [t('result.sampleRatio'), t('result.sampleRatioOk', { p: f.number(measurement.sampleRatioPValue, 3) })],
            [
              t('result.holdout'),
              typeof measurement.isHoldoutKept === 'boolean'
                ? t('result.holdoutOk', {
                    redeemed: f.number(measurement.heldOutRedeemedCount ?? 0),
                    exposed: f.number(measurement.heldOutExposedCount ?? 0),
                  })
                : t('result.holdoutUnknown'),
            ],
            [t('result.computed'), f.dateTime(measurement.computedAt)],
          ]}
        />
      </div>
    </Panel>
  );
}

export async function CumulativeChart({ measurement }: { measurement: Measurement }) {
  const { t, f } = await reader();
  const { cumulative } = measurement;
  const { currency } = measurement.influencedRevenue;
  const sum = (amountMinor: number) => f.money({ amountMinor, currency }, { isCompact: true, stepMinor: 100 });
  if (cumulative.length < 2) return null;
  const range = (point: (typeof cumulative)[number]) => `${sum(point.lower95)} … ${sum(point.upper95)}`;
  return (
    <Panel title={t('result.cumulative')} aside={t('result.band')}>
      <LineChart
        label={t('result.cumulative')}
        days={cumulative.map((point) => point.day)}
        unit={t('figure.margin')}
        formatValue={sum}
        formatDay={f.day}
        height={240}
        isHalf
        series={[
          {
            label: t('word.measured'),
            colour: 'accent',
            values: cumulative.map((point) => point.marginMinor),
            bands: [{ low: cumulative.map((point) => point.lower95), high: cumulative.map((point) => point.upper95) }],
          },
        ]}
        stopTexts={cumulative.map((point) => `${f.day(point.day)}: ${sum(point.marginMinor)}\n95%: ${range(point)}`)}
        twinLabel={t('chart.asTable')}
        twin={{
          head: [t('unit.day'), t('figure.margin'), '95%'],
          rows: cumulative.map((point) => [f.day(point.day), sum(point.marginMinor), range(point)]),
        }}
      />
    </Panel>
  );
}
