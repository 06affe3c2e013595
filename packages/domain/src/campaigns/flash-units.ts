import { canonicalJson } from '../shared/canonical-json.ts';
import type { CampaignPromotion } from './campaign-content.ts';
import { unitsKeyOf } from './campaign-limits.ts';

type Versions = readonly (readonly CampaignPromotion[])[];

/**
 * The promotions of a new version, each flash sale with the earlier one whose units it goes on counting: that of the same scope,
 * else the next of the newest version, so that neither an edit nor a removal and return begins a stock cap anew. `earlier`:
 * the promotions of every version before, the newest first.
 */
export function continueUnits(promotions: readonly CampaignPromotion[], earlier: Versions): CampaignPromotion[] {
  const isFlash = ({ rule }: CampaignPromotion) => rule.kind === 'flash_sale';
  const known = earlier.flatMap((version) => version.filter(isFlash).map((one) => ({ key: unitsKeyOf(one), scope: scopeOf(one) })));
  const taken = new Set<string>();
  const takeFirst = (keys: readonly string[]): string | undefined => {
    const key = keys.find((one) => !taken.has(one));
    if (key !== undefined) taken.add(key);
    return key;
  };
  const flash = promotions.filter(isFlash);
  const keyOf = new Map(flash.map((one) => [one, takeFirst(known.filter(({ scope }) => scope === scopeOf(one)).map(({ key }) => key))]));
  const newest = (earlier.find((version) => version.some(isFlash)) ?? []).filter(isFlash).map(unitsKeyOf);
  return promotions.map((promotion) => {
    const { countsUnitsOf: _, ...own } = promotion;
    if (!isFlash(promotion)) return own;
    const key = keyOf.get(promotion) ?? takeFirst(newest);
    return key === undefined ? own : { ...own, countsUnitsOf: key };
  });
}

const scopeOf = ({ rule }: CampaignPromotion): string => canonicalJson('scope' in rule ? rule.scope : null);
