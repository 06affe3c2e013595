import type { CampaignContent, Evidence, ModelVersions } from '@promolift/domain';
import type { Deps } from '../../shared/deps.ts';
import { cachedPicture } from './cached-picture.ts';
import { conditionLines } from './condition-share.ts';
import { evidenceOf } from './proposal-evidence.ts';
import { modelVersionsOf } from './shop-picture.ts';
import { basisOfContent, offerOf } from './simulate-proposal.ts';

/**
 * Evidence for what a manager wrote, computed as for a proposal; null for a shop without orders, which has nothing to say. Reads through several
 * connections: call it before a transaction begins, not inside.
 */
export async function evidenceOfContent(
  deps: Deps,
  content: CampaignContent,
): Promise<{ evidence: Evidence | null; modelVersions: ModelVersions }> {
  const picture = await cachedPicture(deps);
  if (picture.history.orderCount === 0) return { evidence: null, modelVersions: {} };
  const claim = {
    title: { en: content.name, zh: content.name },
    occasion: null,
    reasons: [],
    offer: offerOf(picture, content),
    budgetMinor: content.budget.budgetMinor,
  };
  const { basis, condition } = await basisOfContent(deps, picture, content);
  const evidence = await evidenceOf(picture, claim, basis, content);
  return {
    evidence: { ...evidence, assumptions: [...evidence.assumptions, ...conditionLines(condition)] },
    modelVersions: modelVersionsOf(picture.models),
  };
}
