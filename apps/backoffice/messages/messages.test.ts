import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import en from './en.json' with { type: 'json' };
import zh from './zh.json' with { type: 'json' };

const root = fileURLToPath(new URL('..', import.meta.url));

function flatten(messages: object, prefix = ''): string[] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : flatten(value, `${prefix}${key}.`),
  );
}
const placeholders = (text: string) => [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map((match) => match[1]))].sort();
const at = (messages: object, key: string): string => {
  const value = key
    .split('.')
    .reduce<unknown>(
      (node, part) => (typeof node === 'object' && node !== null ? Object.entries(node).find(([name]) => name === part)?.[1] : undefined),
      messages,
    );
  return typeof value === 'string' ? value : '';
};
const source = ['app', 'features', 'lib', 'ui']
  .flatMap((folder) => readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' }).map((file) => `${root}${folder}/${file}`))
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');
/** Keys written out, groups that a template completes (`status.${…}`), and groups of `name('group', code)`. */
const literal = new Set([...source.matchAll(/['"]([a-zA-Z]+(?:\.[a-zA-Z]+)+)['"]/g)].map((match) => match[1]));
const groups = [...source.matchAll(/t\(`([a-zA-Z.]+)\.\$\{/g), ...source.matchAll(/name\('([a-zA-Z]+)',/g)].map((match) => `${match[1]}.`);
const keys = flatten(en);

test('both languages have the same keys', () => {
  expect(flatten(zh).sort()).toEqual([...keys].sort());
});

test('no key is unused', () => {
  expect(keys.filter((key) => !literal.has(key) && !groups.some((group) => key.startsWith(group)))).toEqual([]);
});

test('no key is missing', () => {
  const used = [...source.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1] ?? '');
  expect(used.length).toBeGreaterThan(200);
  expect(used.filter((key) => !keys.includes(key))).toEqual([]);
});

test('both languages fill the same values', () => {
  const differing = keys.filter((key) => placeholders(at(en, key)).join() !== placeholders(at(zh, key)).join());
  expect(differing).toEqual([]);
});
