import {
  accountsOfUsers,
  codeBatchesOfCampaigns,
  codesOfCampaigns,
  decisionsOfUsers,
  type Deps,
  entriesOfAccounts,
  ledgerOfCampaigns,
  noticesOfProducts,
  redemptionsOfCampaigns,
  redemptionsOfOrders,
} from '@promolift/services';
import { listLoader, valueLoader } from '../shared/batch.ts';
import { perParentLoader } from '../shared/per-parent.ts';

export const createPromotionLoaders = (deps: Deps) => ({
  accountsOfUser: listLoader(
    (ids) => accountsOfUsers(deps, ids),
    ({ userId }) => userId,
  ),
  entriesOfAccount: perParentLoader(
    (ids, first) => entriesOfAccounts(deps, ids, first),
    ({ accountId }) => accountId,
  ),
  noticeOfProduct: valueLoader(
    (skus) => noticesOfProducts(deps, skus),
    ({ sku }) => sku,
  ),
  redemptionsOfOrder: listLoader(
    (ids) => redemptionsOfOrders(deps, ids),
    ({ orderId }) => orderId,
  ),
  redemptionsOfCampaign: perParentLoader(
    (ids, first) => redemptionsOfCampaigns(deps, ids, first),
    ({ campaignId }) => campaignId,
  ),
  ledgerOfCampaign: perParentLoader(
    (ids, first) => ledgerOfCampaigns(deps, ids, first),
    ({ campaignId }) => campaignId,
  ),
  codesOfCampaign: perParentLoader(
    (ids, first) => codesOfCampaigns(deps, ids, first),
    ({ campaignId }) => campaignId,
  ),
  codeBatchesOfCampaign: listLoader(
    (ids) => codeBatchesOfCampaigns(deps, ids),
    ({ campaignId }) => campaignId,
  ),
  decisionsOfUser: perParentLoader(
    (ids, first) => decisionsOfUsers(deps, ids, first),
    ({ userId }) => userId,
  ),
});
