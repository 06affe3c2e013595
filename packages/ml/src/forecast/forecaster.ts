/** A way to continue a series. Pure: the same history gives the same forecast. */
export interface Forecaster {
  readonly name: string;
  /** Expected values of the next `horizon` steps after `history`, [horizon]. */
  forecast(history: Float64Array, horizon: number): Float64Array;
}

/**
 * Lets forecasts made elsewhere (for example by a network trained over all series) take part in the comparison.
 * `byLength`: history length → at least `horizon` values made from just that much history. Throws RangeError for a length without forecasts.
 */
export function precomputedForecaster(name: string, byLength: ReadonlyMap<number, ArrayLike<number>>): Forecaster {
  return {
    name,
    forecast(history, horizon) {
      const values = byLength.get(history.length);
      if (!values || values.length < horizon)
        throw new RangeError(`${name} has no forecast of ${horizon} steps from ${history.length} values`);
      return Float64Array.from({ length: horizon }, (_, h) => values[h]);
    },
  };
}
