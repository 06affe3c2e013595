import type { InboxQuery } from '@/generated/graphql.ts';
import type { Reader } from '@/lib/reader.ts';
import { isAllowed } from './campaign-words.ts';

type Proposal = InboxQuery['inbox']['proposals'][number];

/** One row of the inbox, all numbers already written for the reader. */
export function toInboxItem(proposal: Proposal, { t, f }: Pick<Reader, 't' | 'f'>) {
  const { evidence, guardrails, schedule } = proposal;
  const failed = guardrails.filter((guardrail) => !guardrail.passed);
  return {
    id: proposal.id,
    version: proposal.version,
    contentHash: proposal.contentHash,
    title: f.text(proposal.title),
    origin: proposal.origin,
    occasion: proposal.occasion ? t(`occasion.${proposal.occasion}`) : t('origin.manager'),
    offer: proposal.promotions.map((promotion) => f.text(promotion.sentence)).join(' · '),
    when: `${f.day(schedule.startsAt)} – ${f.day(schedule.endsAt)}`,
    audience: proposal.audience.isEverybody
      ? t('audience.everybody', { size: f.number(proposal.audience.size) })
      : t('audience.users', { size: f.number(proposal.audience.size) }),
    gain: evidence ? f.gain(evidence.incrementalMargin) : t('common.unknown'),
    isLoss: (evidence?.incrementalMargin.mean.amountMinor ?? 0) < 0,
    interval: evidence ? f.interval(evidence.incrementalMargin) : null,
    cost: f.money(proposal.budget.budget, { stepMinor: 100 }),
    reason: evidence?.reasons[0] ? f.text(evidence.reasons[0].text) : null,
    checks: guardrails.length,
    failed: failed.map((guardrail) => f.text(guardrail.label)),
    withOffer: evidence?.series.map((point) => point.withOffer) ?? [],
    without: evidence?.series.map((point) => point.without) ?? [],
    mayApprove: isAllowed(proposal, 'approve'),
    mayReject: isAllowed(proposal, 'reject'),
    status: proposal.status,
  };
}
export type InboxItem = ReturnType<typeof toInboxItem>;
