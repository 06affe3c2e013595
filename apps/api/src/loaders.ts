import type { Deps } from '@promolift/services';
import { createStaffLoaders } from './staff/staff.loaders.ts';

/** One fresh set a request. Each slice adds its factory here. */
export const createLoaders = (deps: Deps) => ({
  ...createStaffLoaders(deps),
});

export type Loaders = ReturnType<typeof createLoaders>;
