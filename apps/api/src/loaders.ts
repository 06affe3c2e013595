import type { Deps } from '@promolift/services';
import { createActivityLoaders } from './activity/activity.loaders.ts';
import { createCampaignLoaders } from './campaigns/campaigns.loaders.ts';
import { createForecastLoaders } from './forecasts/forecasts.loaders.ts';
import { createModelLoaders } from './models/models.loaders.ts';
import { createProductLoaders } from './products/products.loaders.ts';
import { createPromotionLoaders } from './promotions/promotions.loaders.ts';
import { createSegmentLoaders } from './segments/segments.loaders.ts';
import { createSharedLoaders } from './shared/shared.loaders.ts';
import { createStaffLoaders } from './staff/staff.loaders.ts';
import { createUserLoaders } from './users/users.loaders.ts';

/** One fresh set a request. Each slice adds its factory here. */
export const createLoaders = (deps: Deps) => ({
  ...createSharedLoaders(deps),
  ...createProductLoaders(deps),
  ...createUserLoaders(deps),
  ...createActivityLoaders(deps),
  ...createSegmentLoaders(deps),
  ...createForecastLoaders(deps),
  ...createPromotionLoaders(deps),
  ...createCampaignLoaders(deps),
  ...createModelLoaders(deps),
  ...createStaffLoaders(deps),
});

export type Loaders = ReturnType<typeof createLoaders>;
