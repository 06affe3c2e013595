import { buildSchema, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { refuseHiddenFields } from './shop-fields.ts';

const schema = buildSchema(`
  type Query { recommendations: [Item!]! }
  type Item { rank: Int! product: Product! }
  type Product { id: ID! name: String! cost: Int order: Order }
  type Order { id: ID! }
`);
const refuse = (source: string, kind: 'publishable' | 'secret') => () => refuseHiddenFields(schema, parse(source), `storefront_${kind}`);

describe('fields of the backoffice', () => {
  test('a cost is hidden however it is reached', () => {
    expect(refuse('{ recommendations { product { name } } }', 'publishable')).not.toThrow();
    expect(refuse('{ recommendations { product { cost } } }', 'publishable')).toThrow('A publishable key may not read Product.cost');
    expect(refuse('{ recommendations { product { price: cost } } }', 'secret')).toThrow('Product.cost');
    expect(refuse('{ recommendations { ...F } } fragment F on Item { product { ... on Product { cost } } }', 'publishable')).toThrow('Product.cost');
  });
});
