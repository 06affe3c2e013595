import { type Deps, usersByIds } from '@promolift/services';
import { valueLoader } from '../shared/batch.ts';

export const createUserLoaders = (deps: Deps) => ({
  user: valueLoader(
    (ids) => usersByIds(deps, ids),
    ({ id }) => id,
  ),
});
