import { Model } from '@promolift/db';
import type { Deps } from '@promolift/services';
import { entityLoader } from '../shared/batch.ts';

export const createModelLoaders = (deps: Deps) => ({
  model: entityLoader(deps, Model),
});
