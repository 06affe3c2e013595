import { expect, test } from 'vitest';
import { prettyQuery } from './pretty-query.ts';

test('one field a line, arguments stay with their field', () => {
  expect(
    prettyQuery(
      'query Q($a: Int, $b: [ID!]) { list(first: $a, filter: $b) { id name ...Parts } total } fragment Parts on Item { price { amountMinor } }',
    ),
  ).toBe(
    `query Q($a: Int, $b: [ID!] ) {
  list(first: $a, filter: $b ) {
    id
    name
    ...Parts
  }
  total
}

fragment Parts on Item {
  price {
    amountMinor
  }
}`.replaceAll(' )', ')'),
  );
});
