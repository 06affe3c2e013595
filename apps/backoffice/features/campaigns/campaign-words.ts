import type { CampaignRejectionReason } from '@promolift/domain';
import type { CampaignStatus } from '@/generated/graphql.ts';
import type { Tone } from '@/ui/page.tsx';

export type CampaignStep = 'approve' | 'reject' | 'requestChanges' | 'requestReview' | 'schedule' | 'pause' | 'resume' | 'kill';

/** Keys 1–6 of the inbox, in this order. */
export const rejectReasons = [
  'TOO_COSTLY',
  'TOO_UNCERTAIN',
  'WRONG_AUDIENCE',
  'WRONG_PRODUCTS',
  'WRONG_TIME',
  'HURTS_BRAND',
] as const satisfies readonly CampaignRejectionReason[];

export const statusTone: Record<CampaignStatus, Tone> = {
  draft: 'plain',
  in_review: 'accent',
  changes_requested: 'warn',
  rejected: 'loss',
  approved: 'accent',
  scheduled: 'accent',
  live: 'gain',
  paused: 'warn',
  ended: 'plain',
  measured: 'plain',
  expired: 'plain',
};

/** The API names an action after its mutation or after its verb; both mean the same step. */
export function isAllowed(campaign: { readonly allowedActions: readonly string[] }, step: CampaignStep | 'revise'): boolean {
  const wanted = plain(step);
  return campaign.allowedActions.some((action) => plain(action) === wanted);
}
const plain = (action: string) =>
  action
    .replace(/Campaign$/, '')
    .replaceAll(/[_-]/g, '')
    .toLowerCase();

/** The depth of the deepest percentage in the campaign's rules, in basis points; null where no rule has one. */
export function depthOf(promotions: readonly { readonly rule: unknown }[]): number | null {
  const depths = promotions.flatMap(({ rule }) => {
    if (typeof rule !== 'object' || rule === null || !('basisPoints' in rule)) return [];
    return typeof rule.basisPoints === 'number' ? [rule.basisPoints] : [];
  });
  return depths.length > 0 ? Math.max(...depths) : null;
}

export const shortHash = (hash: string): string => hash.slice(0, 10);

/** How a list of campaigns is narrowed. */
export const statusGroups = [
  { name: 'deciding', statuses: ['draft', 'in_review', 'changes_requested'] },
  { name: 'coming', statuses: ['approved', 'scheduled'] },
  { name: 'running', statuses: ['live', 'paused'] },
  { name: 'over', statuses: ['ended', 'measured'] },
  { name: 'dropped', statuses: ['rejected', 'expired'] },
] as const satisfies readonly { name: string; statuses: readonly CampaignStatus[] }[];

const stopped: readonly CampaignStatus[] = ['paused', 'rejected', 'expired'];

/** How its bar looks on the calendar. */
export function timelineLook({ status, isKilled }: { status: CampaignStatus; isKilled: boolean }): 'live' | 'planned' | 'past' | 'stopped' {
  if (isKilled || stopped.includes(status)) return 'stopped';
  if (status === 'live') return 'live';
  return status === 'ended' || status === 'measured' ? 'past' : 'planned';
}

interface Spanned {
  readonly id: string;
  readonly status: CampaignStatus;
  readonly isKilled: boolean;
  readonly schedule: { readonly startsAt: string; readonly endsAt: string };
  readonly audience: { readonly isEverybody: boolean; readonly segments: readonly { readonly key: string }[] };
}
/** True when another campaign that may run meets this one in days and audience. */
export function overlaps(campaign: Spanned, all: readonly Spanned[]): boolean {
  const mayRun = (one: Spanned) => timelineLook(one) === 'live' || timelineLook(one) === 'planned';
  if (!mayRun(campaign)) return false;
  return all.some((other) => {
    if (other.id === campaign.id || !mayRun(other)) return false;
    const meetsInTime = other.schedule.startsAt < campaign.schedule.endsAt && campaign.schedule.startsAt < other.schedule.endsAt;
    const sharesUsers =
      other.audience.isEverybody ||
      campaign.audience.isEverybody ||
      other.audience.segments.some(({ key }) => campaign.audience.segments.some((segment) => segment.key === key));
    return meetsInTime && sharesUsers;
  });
}
