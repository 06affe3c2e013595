import { buildSchema, type FragmentDefinitionNode, Kind, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { measureOperation } from './measure-operation.ts';

const schema = buildSchema(`
  type Query { thing: Thing things(first: Int = 10): [Thing!]! page(first: Int): ThingConnection! }
  type Thing { name: String! children: [Thing!]! parts(first: Int): [Thing!]! }
  type ThingConnection { nodes: [Thing!]! totalCount: Int! }
`);

function measure(source: string, variables: Record<string, unknown> = {}) {
  const { definitions } = parse(source);
  const operation = definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('no operation');
  const fragments = definitions.filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION);
  return measureOperation(schema, operation, new Map(fragments.map((node) => [node.name.value, node])), variables);
}

describe('measureOperation', () => {
  test.each([
    ['{ thing { name } }', { depth: 2, cost: 2, fields: 2, aliases: 0 }],
    ['{ thing { children { name } } }', { depth: 3, cost: 1 + 1 * (1 + 5), fields: 3, aliases: 0 }],
    ['{ things { name } }', { depth: 2, cost: 1 + 10, fields: 2, aliases: 0 }],
    ['{ things(first: 3) { a: name b: name } }', { depth: 2, cost: 1 + 3 * 2, fields: 3, aliases: 2 }],
    ['{ page(first: 50) { totalCount nodes { name } } }', { depth: 3, cost: 1 + 50 * (1 + 2), fields: 4, aliases: 0 }],
    ['{ thing { ...T } } fragment T on Thing { name parts(first: 2) { name } }', { depth: 3, cost: 1 + 1 + 3, fields: 4, aliases: 0 }],
  ])('%s', (source, size) => expect(measure(source)).toEqual(size));

  test('reads first from variables', () => {
    expect(measure('query ($n: Int) { things(first: $n) { name } }', { n: 7 }).cost).toBe(8);
    expect(() => measure('query ($n: Int) { things(first: $n) { name } }', { n: 101 })).toThrow('first must be');
  });

  test('lists in lists multiply: 8 levels of 5 are too dear', () => {
    expect(measure(`{ thing ${'{ children '.repeat(8)}{ name }${' }'.repeat(8)} }`).cost).toBeGreaterThan(5 ** 8);
  });

  test('fragments that double 40 times take no time', () => {
    const fragments = Array.from({ length: 40 }, (_, n) => `fragment F${n} on Thing { ...F${n + 1} ...F${n + 1} }`).join(' ');
    expect(measure(`{ thing { ...F0 } } ${fragments} fragment F40 on Thing { name }`).fields).toBe(1 + 2 ** 40);
  });
});
