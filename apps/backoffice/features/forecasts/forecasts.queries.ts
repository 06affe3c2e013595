import { graphql } from '@/generated/gql.ts';

graphql(`
  fragment ForecastParts on Forecast {
    id algorithm mase baselineMase model { id kind version }
    history(days: 60) { day units } points { day mean lower80 upper80 lower95 upper95 }
  }
`);
export const ForecastsQuery = graphql(`
  query Forecasts($first: Int, $after: String, $level: ForecastLevel, $sort: ForecastSort) {
    forecasts(first: $first, after: $after, level: $level, sort: $sort) {
      nodes { ...ForecastParts product { id sku name } category { key name } }
      totalCount pageInfo { hasNextPage endCursor }
    }
  }
`);
