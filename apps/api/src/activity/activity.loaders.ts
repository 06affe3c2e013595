import { type Deps, eventsOfUsers, linesOfOrders, ordersByIds, ordersOfUsers } from '@promolift/services';
import { listLoader, valueLoader } from '../shared/batch.ts';
import { perParentLoader } from '../shared/per-parent.ts';

export const createActivityLoaders = (deps: Deps) => ({
  order: valueLoader(
    (ids) => ordersByIds(deps, ids),
    ({ id }) => id,
  ),
  linesOfOrder: listLoader(
    (ids) => linesOfOrders(deps, ids),
    ({ orderId }) => orderId,
  ),
  ordersOfUser: perParentLoader(
    (ids, first) => ordersOfUsers(deps, ids, first),
    ({ userId }) => userId,
  ),
  eventsOfUser: perParentLoader(
    (ids, first) => eventsOfUsers(deps, ids, first),
    ({ userId }) => userId,
  ),
});
