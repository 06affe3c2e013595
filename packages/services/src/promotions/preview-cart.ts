import type { CampaignStatus, Result } from '@promolift/domain';
import type { Deps } from '../shared/deps.ts';
import { type CartRefusal, type CartRequest, decideCart, type EvaluatedCart } from './evaluate-cart.ts';
import { promotionsIn } from './live-promotions.ts';

export type Preview = {
  /** The instant to decide for; null = now. */
  at: Date | null;
  includeDrafts: boolean;
};

const PLANNED: readonly CampaignStatus[] = ['live', 'scheduled'];
const PAST: readonly CampaignStatus[] = ['ended', 'measured'];
const DRAFTS: readonly CampaignStatus[] = ['draft', 'in_review', 'changes_requested', 'approved'];

/**
 * What this cart would cost at any time, with the campaigns that are planned, those that had ended by now if the time is past,
 * and the drafts if wished. What is left of budgets and limits is as of now. A dry run: no decision is kept.
 */
export async function previewCart(deps: Deps, request: CartRequest, preview: Preview): Promise<Result<EvaluatedCart, CartRefusal>> {
  const now = deps.clock.now();
  const at = preview.at ?? now;
  const statuses = [...PLANNED, ...(at < now ? PAST : []), ...(preview.includeDrafts ? DRAFTS : [])];
  return decideCart(deps, request, at, { rules: promotionsIn(deps.sql, statuses) });
}
