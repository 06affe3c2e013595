import type { CampaignQuery } from '@/generated/graphql.ts';
import { reader } from '@/lib/reader.ts';
import { Figure, Figures, Panel } from '@/ui/page.tsx';

export type CampaignDetail = NonNullable<CampaignQuery['campaign']>;

/** Who gets what, when, for which gain and cost ceiling, and the same days if nothing is done: one sentence, then its numbers. */
export async function Claim({ campaign }: { campaign: CampaignDetail }) {
  const { t, f } = await reader();
  const { evidence, audience, schedule, budget } = campaign;
  const who = audience.isEverybody
    ? t('audience.everybody', { size: f.number(audience.size) })
    : t('claim.segments', { size: f.number(audience.size), segments: f.list(audience.segments.map((segment) => f.text(segment.name))) });
  const what = campaign.promotions.map((promotion) => f.text(promotion.sentence)).join(t('common.semicolon'));
  const sum = (pick: (point: { without: number; withOffer: number }) => number) =>
    (evidence?.series ?? []).reduce((total, point) => total + pick(point), 0);
  return (
    <Panel className="mb-4">
      <p className="max-w-4xl text-lg">
        {t('claim.offer', { who, what, from: f.day(schedule.startsAt), to: f.day(schedule.endsAt) })}{' '}
        {evidence ? (
          <>
            {t('claim.expect')}{' '}
            <strong className={evidence.incrementalMargin.mean.amountMinor < 0 ? 'text-loss' : 'text-gain'}>
              {f.gain(evidence.incrementalMargin)} {t('word.margin')}
            </strong>{' '}
            {t('claim.rest', {
              interval: f.interval(evidence.incrementalMargin),
              cost: f.money(budget.budget),
              without: f.number(sum((point) => point.without)),
              withOffer: f.number(sum((point) => point.withOffer)),
            })}
          </>
        ) : (
          t('claim.noEvidence')
        )}
      </p>
      {evidence ? (
        <div className="mt-4 border-t border-line pt-4">
          <Figures>
            <Figure
              label={t('figure.margin')}
              value={f.gain(evidence.incrementalMargin)}
              tone={evidence.incrementalMargin.mean.amountMinor < 0 ? 'loss' : 'gain'}
              detail={`80%: ${f.interval(evidence.incrementalMargin)}`}
            />
            <Figure
              label={t('figure.units')}
              value={f.number(evidence.incrementalUnits.mean, 0, true)}
              detail={`80%: ${f.number(evidence.incrementalUnits.lower80)} … ${f.number(evidence.incrementalUnits.upper80)}`}
            />
            <Figure
              label={t('figure.discount')}
              value={f.gain(evidence.discountCost, false)}
              detail={`80%: ${f.interval(evidence.discountCost)}`}
            />
            <Figure
              label={t('figure.cannibalised')}
              value={f.gain(evidence.cannibalisedMargin, false)}
              detail={t('figure.cannibalisedDetail')}
            />
            <Figure label={t('figure.lossRisk')} value={f.percent(evidence.probabilityOfLoss)} detail={t('figure.lossRiskDetail')} />
          </Figures>
        </div>
      ) : null}
    </Panel>
  );
}
