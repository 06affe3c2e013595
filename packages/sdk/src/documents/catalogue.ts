import { MONEY, SHELF_PRODUCT } from './fragments.ts';

export const PRODUCTS = /* GraphQL */ `
  query Products($first: Int, $after: String, $filter: ProductFilter, $sort: ProductSort) {
    products(first: $first, after: $after, filter: $filter, sort: $sort) {
      nodes { ...ShelfProductParts }
      pageInfo { hasNextPage endCursor }
      totalCount
    }
  }
  ${SHELF_PRODUCT}${MONEY}
`;

export const PRODUCT_BY_KEY = /* GraphQL */ `
  query ProductByKey($id: ID, $sku: String) { product(id: $id, sku: $sku) { ...ShelfProductParts } }
  ${SHELF_PRODUCT}${MONEY}
`;

export const CATEGORIES = /* GraphQL */ `
  query Categories { categories { id key name } }
`;

export const USERS = /* GraphQL */ `
  query Users($first: Int, $filter: UserFilter, $sort: UserSort) {
    users(first: $first, filter: $filter, sort: $sort) { nodes { id externalId segments { key name { en zh } } } }
  }
`;
