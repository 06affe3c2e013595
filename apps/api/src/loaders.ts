import type { Deps } from '@promolift/services';
import { createActivityLoaders } from './activity/activity.loaders.ts';
import { createProductLoaders } from './products/products.loaders.ts';
import { createPromotionLoaders } from './promotions/promotions.loaders.ts';
import { createStaffLoaders } from './staff/staff.loaders.ts';
import { createUserLoaders } from './users/users.loaders.ts';

/** One fresh set a request. Each slice adds its factory here. */
export const createLoaders = (deps: Deps) => ({
  ...createProductLoaders(deps),
  ...createUserLoaders(deps),
  ...createActivityLoaders(deps),
  ...createPromotionLoaders(deps),
  ...createStaffLoaders(deps),
});

export type Loaders = ReturnType<typeof createLoaders>;
