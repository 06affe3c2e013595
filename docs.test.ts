import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const pages = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => join('docs', file));
const read = (file: string) => readFileSync(file, 'utf8');

/** Rows of a table that end with a file of this repository and words of a test's title. */
const rows = [...read('docs/reliability.md').matchAll(/^\|.*\| `([^`]+)` \| (.+) \|$/gm)].map(
  ([, file = '', title = '']) => [file, title] as const,
);

/** A line that names a test or a storm, not a comment that happens to use the words. */
const IS_TITLE = /\b(test|describe)\b|\]\)\(|name: |^\s*(stop\()?\[?['"`]/;

describe('the page on reliability', () => {
  test('names all pain points and cases', () => expect(rows.length).toBeGreaterThanOrEqual(15 + 22 + 14));

  test.each(rows)('%s has the test "%s"', (file, title) => {
    expect(existsSync(file)).toBe(true);
    const titles = read(file)
      .split('\n')
      .filter((line) => IS_TITLE.test(line));
    expect(titles.filter((line) => line.replaceAll("\\'", "'").includes(title))).not.toEqual([]);
  });
});

test.each(pages)('%s links to pages and headings that exist', (page) => {
  const links = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target).filter((target) => !/^[a-z]+:/.test(target));
  const broken = links.filter((target) => {
    const [path = '', heading] = target.split('#');
    const file = path === '' ? page : join(dirname(page), path);
    if (!existsSync(file)) return true;
    return heading !== undefined && !headings(read(file)).includes(heading);
  });
  expect(broken).toEqual([]);
});

const headings = (text: string) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
