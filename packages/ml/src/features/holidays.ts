/**
 * Public holidays of a country (and region, such as "BY" in "DE") as regressors of daily demand: 1 on the holiday itself; 1 on the day before
 * it, when people shop for it. `country`: ISO 3166-1 code of two letters; `firstDay`: YYYY-MM-DD. Returns two series [days], for any past or
 * future span. Dates are those of the date-holidays library (its data is under CC BY-SA 3.0, from Wikipedia). Throws RangeError for a country
 * it does not know.
 */
export async function holidayCovariates(
  country: string,
  firstDay: string,
  days: number,
  region?: string,
): Promise<[day: Float64Array, eve: Float64Array]> {
  // The library takes 36 MB and a tenth of a second to load: only those who ask for holidays pay.
  const { default: Holidays } = await import('date-holidays');
  if (!Object.hasOwn(new Holidays().getCountries(), country)) throw new RangeError(`holidays of "${country}" are not known`);
  const calendar = region === undefined ? new Holidays(country) : new Holidays(country, region);
  const start = Date.parse(`${firstDay}T00:00:00Z`);
  const [day, eve] = [new Float64Array(days), new Float64Array(days)];
  const [firstYear, lastYear] = [0, days].map((offset) => new Date(start + offset * DAY_MS).getUTCFullYear());
  for (let year = firstYear; year <= lastYear; year++)
    for (const { date, type } of calendar.getHolidays(year)) {
      if (type !== 'public') continue;
      const at = Math.round((Date.parse(`${date.slice(0, 10)}T00:00:00Z`) - start) / DAY_MS);
      if (at >= 0 && at < days) day[at] = 1;
      if (at >= 1 && at <= days) eve[at - 1] = 1;
    }
  return [day, eve];
}

const DAY_MS = 86_400_000;
