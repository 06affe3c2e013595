import { reader } from '@/lib/reader.ts';
import { DepthCurve } from '@/ui/charts/depth-curve.tsx';
import { Panel } from '@/ui/page.tsx';
import { depthOf } from './campaign-words.ts';
import type { CampaignDetail } from './claim.tsx';
import { WhatIf } from './what-if.tsx';

const DAY_MS = 86_400_000;

/** Sliders, and the trade-off front with the point the proposal stands on. */
export async function WhatIfPanel({ campaign }: { campaign: CampaignDetail }) {
  const { t, f } = await reader();
  const { evidence, schedule, budget, audience } = campaign;
  const depth = depthOf(campaign.promotions);
  const curve = evidence?.depthCurve ?? [];
  const sum = (amountMinor: number) => f.money({ amountMinor, currency: budget.budget.currency }, { isCompact: true, stepMinor: 100 });
  return (
    <Panel title={t('whatIf.title')} aside={t('whatIf.aside')}>
      <WhatIf
        campaignId={campaign.id}
        depth={depth}
        days={Math.max(1, Math.round((Date.parse(schedule.endsAt) - Date.parse(schedule.startsAt)) / DAY_MS))}
        budget={budget.budget}
        segments={audience.segments.map((segment) => ({ key: segment.key, name: f.text(segment.name) }))}
      />
      {curve.length > 1 ? (
        <div className="mt-4 border-t border-line pt-4">
          <DepthCurve
            label={t('whatIf.curve')}
            caption={t(depth === null ? 'whatIf.curveCaptionPlain' : 'whatIf.curveCaption')}
            today={depth}
            todayLabel={t('whatIf.today')}
            formatValue={sum}
            formatDepth={f.basisPoints}
            points={curve.map((point) => ({
              depth: point.depthBasisPoints,
              mean: point.incrementalMargin.mean.amountMinor,
              low: point.incrementalMargin.lower80.amountMinor,
              high: point.incrementalMargin.upper80.amountMinor,
              text: `${f.basisPoints(point.depthBasisPoints)}: ${f.gain(point.incrementalMargin)}\n80%: ${f.interval(point.incrementalMargin)}\n${t('figure.discount')}: ${sum(point.discountCost.amountMinor)}`,
            }))}
            twinLabel={t('chart.asTable')}
            twin={{
              head: [t('whatIf.depth'), t('figure.margin'), '80%', t('figure.discount')],
              rows: curve.map((point) => [
                f.basisPoints(point.depthBasisPoints),
                f.gain(point.incrementalMargin),
                f.interval(point.incrementalMargin),
                sum(point.discountCost.amountMinor),
              ]),
            }}
          />
        </div>
      ) : null}
    </Panel>
  );
}
