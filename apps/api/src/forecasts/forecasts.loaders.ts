import { dailyUnits, type Deps, forecastPoints, forecastsOfProducts } from '@promolift/services';
import { listLoader, valueLoader } from '../shared/batch.ts';
import { perParentLoader } from '../shared/per-parent.ts';

export const createForecastLoaders = (deps: Deps) => ({
  forecastOfProduct: valueLoader(
    (ids) => forecastsOfProducts(deps, ids),
    ({ productId }) => productId ?? '',
  ),
  pointsOfForecast: listLoader(
    (ids) => forecastPoints(deps, ids),
    ({ seriesId }) => seriesId,
  ),
  unitsOfCategory: perParentLoader(
    (ids, days) => dailyUnits(deps, 'category', ids, days),
    ({ key }) => key,
  ),
});
