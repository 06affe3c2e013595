import { type Deps, readSettings } from '@promolift/services';
import DataLoader from 'dataloader';

export const createSharedLoaders = (deps: Deps) => ({
  /** The shop's settings, read once a request; the key says nothing. */
  shop: new DataLoader<'', Awaited<ReturnType<typeof readSettings>>>(async (keys) => {
    const settings = await readSettings(deps);
    return keys.map(() => settings);
  }),
});
