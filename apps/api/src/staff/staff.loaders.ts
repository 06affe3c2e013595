import { JobRun, Manager } from '@promolift/db';
import type { Deps } from '@promolift/services';
import { entityLoader } from '../shared/batch.ts';

export const createStaffLoaders = (deps: Deps) => ({
  manager: entityLoader(deps, Manager),
  job: entityLoader(deps, JobRun),
});
