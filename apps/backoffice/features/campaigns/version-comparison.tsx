import { CampaignContent } from '@promolift/domain';
import type { VersionsQuery } from '@/generated/graphql.ts';
import type { Reader } from '@/lib/reader.ts';
import { reader } from '@/lib/reader.ts';
import { buttonClass } from '@/ui/button.tsx';
import { Badge, Panel } from '@/ui/page.tsx';

type Version = NonNullable<VersionsQuery['campaign']>['versions'][number];
interface VersionComparisonProps {
  readonly versions: readonly Version[];
  readonly pair: readonly [older: Version, newer: Version];
  readonly liveVersion: number | null;
  readonly segmentNames: ReadonlyMap<string, string>;
}
type Row = readonly [label: string, text: string];

/** What changed between two versions, field by field and in words; what did not is folded away. */
export async function VersionComparison({ versions, pair, liveVersion, segmentNames }: VersionComparisonProps) {
  const words = await reader();
  const { t, f } = words;
  const [before, after] = pair.map((version) => new Map(rowsOf(version, words, segmentNames)));
  const labels = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])];
  const rows = labels.map((label) => ({ label, before: before?.get(label) ?? '–', after: after?.get(label) ?? '–' }));
  const changed = rows.filter((row) => row.before !== row.after);
  const same = rows.filter((row) => row.before === row.after);
  const head = (version: Version) => (
    <>
      {t('decision.version', { version: version.version })}{' '}
      {version.version === liveVersion ? <Badge tone="gain">{t('versions.served')}</Badge> : null}
      <span className="block font-normal">
        {version.createdBy?.name ?? t('origin.ai')} · {f.dateTime(version.createdAt)}
      </span>
    </>
  );
  return (
    <>
      <form method="get" className="mb-4 flex flex-wrap items-end gap-3">
        {(['from', 'to'] as const).map((side, index) => (
          <label key={side} className="block">
            <span className="mb-1 block text-xs font-medium text-muted">{t(`versions.${side}`)}</span>
            <select name={side} defaultValue={String(pair[index]?.version)} className="control">
              {versions.map(({ version }) => (
                <option key={version} value={version}>
                  {t('decision.version', { version })}
                </option>
              ))}
            </select>
          </label>
        ))}
        <button type="submit" className={buttonClass()}>
          {t('versions.compare')}
        </button>
      </form>
      <Panel title={t('versions.changed', { count: changed.length })} isFlush>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling with the keyboard needs a focusable region */}
        <section className="overflow-x-auto" tabIndex={0} aria-label={t('versions.changed', { count: changed.length })}>
          <table className="w-full min-w-xl table-fixed border-collapse text-sm">
            <thead>
              <tr className="border-b border-line text-left text-xs text-muted">
                <th scope="col" className="w-1/5 px-4 py-2 font-medium">
                  {t('versions.field')}
                </th>
                <th scope="col" className="px-3 py-2 font-medium">
                  {head(pair[0])}
                </th>
                <th scope="col" className="px-4 py-2 font-medium">
                  {head(pair[1])}
                </th>
              </tr>
            </thead>
            <tbody>
              {changed.map((row) => (
                <tr key={row.label} className="border-b border-line align-top last:border-0">
                  <th scope="row" className="px-4 py-2 text-left font-normal text-muted">
                    {row.label}
                  </th>
                  <td className="px-3 py-2">
                    <del className="decoration-loss decoration-1">{row.before}</del>
                  </td>
                  <td className="px-4 py-2">
                    <ins className="font-medium no-underline">{row.after}</ins>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </Panel>
      <Panel className="mt-4">
        <details>
          <summary className="text-sm font-semibold">{t('versions.same', { count: same.length })}</summary>
          <dl className="mt-3 grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-4 gap-y-1.5">
            {same.map((row) => (
              <div key={row.label} className="contents">
                <dt className="text-muted">{row.label}</dt>
                <dd className="min-w-0 break-words">{row.after}</dd>
              </div>
            ))}
          </dl>
        </details>
      </Panel>
    </>
  );
}

/** One version in words; the labels tell the rows apart. */
function rowsOf(version: Version, { t, f }: Reader, segmentNames: ReadonlyMap<string, string>): Row[] {
  const content = CampaignContent.parse(version.content);
  const { budget, schedule } = content;
  const money = (amountMinor: number | null | undefined) =>
    amountMinor == null ? t('common.noLimit') : f.money({ amountMinor, currency: budget.currency });
  const count = (value: number | null) => (value === null ? t('common.noLimit') : f.number(value));
  const limits = budget.limits.map(({ per, period, maxUses, maxMinor }) =>
    [
      [...per.map((dimension) => t(`limits.dimension.${dimension}`)), t(`limits.period.${period}`)].join(' × '),
      [maxUses === null ? [] : f.number(maxUses), maxMinor === null ? [] : money(maxMinor)].flat().join(' / '),
    ].join(': '),
  );
  const keys = content.audience.segmentKeys;
  return [
    [t('campaigns.name'), content.name],
    ...version.promotions.map(
      ({ sentence, needsCode }, index): Row => [
        t('form.promotionNumber', { number: index + 1 }),
        `${f.text(sentence)}${needsCode ? ` · ${t('what.needsCode')}` : ''}`,
      ],
    ),
    [t('form.who'), keys === 'all' ? t('versions.everybody') : f.list(keys.map((key) => segmentNames.get(key) ?? key))],
    [t('form.startsAt'), f.dateTime(schedule.startsAt)],
    [t('form.endsAt'), f.dateTime(schedule.endsAt)],
    [t('settings.timeZone'), schedule.timeZone],
    [t('form.budget'), money(budget.budgetMinor)],
    [t('form.maxRedemptions'), count(budget.maxRedemptions)],
    [t('form.maxPerUser'), count(budget.maxPerUser)],
    [t('form.maxPerCart', { currency: budget.currency }), money(budget.maxPerCartMinor)],
    [t('form.maxPerLine', { currency: budget.currency }), money(content.maxPerLineMinor)],
    [t('limits.title'), limits.length > 0 ? limits.join('; ') : t('limits.none')],
    [t('form.onBudgetShort'), t(`form.budgetShort.${budget.onBudgetShort}`)],
    [t('form.sharedBudget'), budget.sharedBudgetKey ?? t('form.noSharedBudget')],
    [t('settings.holdout'), f.basisPoints(content.holdoutBasisPoints)],
    [t('form.group'), content.group ?? t('common.none')],
    [t('form.priority'), f.number(content.priority)],
    [t('form.exclusive'), t(content.exclusive ? 'common.yes' : 'common.no')],
  ];
}
