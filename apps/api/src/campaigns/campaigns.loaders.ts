import {
  approvalsOfCampaigns,
  audienceSizes,
  campaignsByIds,
  type Deps,
  evidenceByIds,
  measurementsOfCampaigns,
  productCountsOfScopes,
  productsOfScopes,
  type ScopeOf,
  versionsOfCampaigns,
} from '@promolift/services';
import DataLoader from 'dataloader';
import { listLoader, valueLoader } from '../shared/batch.ts';

type Audience = { id: string; segmentKeys: readonly string[] | null };
type ScopeList = ScopeOf & { count: number };

export const createCampaignLoaders = (deps: Deps) => ({
  campaign: valueLoader(
    (ids) => campaignsByIds(deps, ids),
    ({ id }) => id,
  ),
  versionsOfCampaign: listLoader(
    (ids) => versionsOfCampaigns(deps, ids),
    ({ campaignId }) => campaignId,
  ),
  approvalsOfCampaign: listLoader(
    (ids) => approvalsOfCampaigns(deps, ids),
    ({ campaignId }) => campaignId,
  ),
  evidence: valueLoader(
    (ids) => evidenceByIds(deps, ids),
    ({ id }) => id,
  ),
  measurementOfCampaign: valueLoader(
    (ids) => measurementsOfCampaigns(deps, ids),
    ({ campaignId }) => campaignId,
  ),
  audienceSize: new DataLoader<Audience, number, string>(
    async (audiences) => {
      const sizes = new Map((await audienceSizes(deps, audiences)).map(({ id, size }) => [id, size]));
      return audiences.map(({ id }) => sizes.get(id) ?? 0);
    },
    { cacheKeyFn: ({ id }) => id },
  ),
  productCountOfScope: new DataLoader<ScopeOf, number, string>(
    async (scopes) => {
      const counts = new Map((await productCountsOfScopes(deps, scopes)).map(({ scopeId, count }) => [scopeId, count]));
      return scopes.map(({ id }) => counts.get(id) ?? 0);
    },
    { cacheKeyFn: ({ id }) => id },
  ),
  productsOfScope: new DataLoader<ScopeList, Awaited<ReturnType<typeof productsOfScopes>>, string>(
    async (lists) => {
      const most = Math.max(...lists.map(({ count }) => count));
      const rows = Map.groupBy(await productsOfScopes(deps, lists, most), ({ scopeId }) => scopeId);
      return lists.map(({ id, count }) => (rows.get(id) ?? []).slice(0, count));
    },
    { cacheKeyFn: ({ id, count }) => `${id} ${count}` },
  ),
});
