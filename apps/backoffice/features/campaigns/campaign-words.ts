import type { CampaignStatus } from '@/generated/graphql.ts';
import type { Tone } from '@/ui/page.tsx';

export type CampaignStep = 'approve' | 'reject' | 'requestChanges' | 'requestReview' | 'schedule' | 'pause' | 'resume' | 'kill';

/** Keys 1–6 of the inbox, in this order. */
export const rejectReasons = ['too_costly', 'wrong_audience', 'wrong_products', 'bad_timing', 'not_our_brand', 'not_convinced'] as const;

export const statusTone: Record<CampaignStatus, Tone> = {
  draft: 'plain', in_review: 'accent', changes_requested: 'warn', rejected: 'loss', approved: 'accent', scheduled: 'accent',
  live: 'gain', paused: 'warn', ended: 'plain', measured: 'plain', expired: 'plain',
};

/** The API names an action after its mutation or after its verb; both mean the same step. */
export function isAllowed(campaign: { readonly allowedActions: readonly string[] }, step: CampaignStep): boolean {
  const wanted = plain(step);
  return campaign.allowedActions.some((action) => plain(action) === wanted);
}
const plain = (action: string) => action.replace(/Campaign$/, '').replaceAll(/[_-]/g, '').toLowerCase();

/** The depth of the deepest percentage in the campaign's rules, in basis points; null where no rule has one. */
export function depthOf(promotions: readonly { readonly rule: unknown }[]): number | null {
  const depths = promotions.flatMap(({ rule }) => {
    if (typeof rule !== 'object' || rule === null || !('basisPoints' in rule)) return [];
    return typeof rule.basisPoints === 'number' ? [rule.basisPoints] : [];
  });
  return depths.length > 0 ? Math.max(...depths) : null;
}

export const shortHash = (hash: string): string => hash.slice(0, 10);
