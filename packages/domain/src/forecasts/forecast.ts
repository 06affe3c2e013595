export const FORECAST_LEVELS = ['product', 'category', 'shop'] as const;
export type ForecastLevel = (typeof FORECAST_LEVELS)[number];

export const FORECAST_METHODS = ['seasonal_naive', 'ets', 'lstm'] as const;
export type ForecastMethod = (typeof FORECAST_METHODS)[number];

/** Predicted units on one day with the 80% interval. */
export interface ForecastPoint {
  readonly day: string;
  readonly units: number;
  readonly low80: number;
  readonly high80: number;
}

/** Days until the stock is gone at the forecast's pace; null = lasts beyond the forecast, or nothing is counted. */
export function stockCoverDays(stock: number | null, forecast: readonly ForecastPoint[]): number | null {
  if (stock === null) return null;
  let left = stock;
  for (const [index, point] of forecast.entries()) {
    if (point.units >= left && point.units > 0) return index + left / point.units;
    left -= point.units;
  }
  return null;
}
