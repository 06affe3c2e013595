import { graphql } from '@/generated/gql.ts';

export const ProductsQuery = graphql(`
  query Products($first: Int, $after: String, $filter: ProductFilter, $sort: ProductSort) {
    products(first: $first, after: $after, filter: $filter, sort: $sort) {
      nodes { id sku name isActive stock stockCoverDays forecast { id } category { name } price { ...Sum } cost { ...Sum } floor { ...Sum } }
      totalCount pageInfo { hasNextPage endCursor }
    }
    categories { id key name }
  }
`);
export const ProductQuery = graphql(`
  query Product($id: ID!) {
    product(id: $id) {
      id sku name isActive stock stockCoverDays launchedAt category { key name }
      price { ...Sum } cost { ...Sum } floor { ...Sum } elasticity { mean lower80 upper80 sampleSize }
      priceHistory(first: 50) { at price { ...Sum } }
      dailyUnits(days: 56) { day units }
      forecast { ...ForecastParts }
    }
  }
`);
