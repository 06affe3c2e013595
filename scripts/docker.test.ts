import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(`${root}docker/${path}`, 'utf8');
const dockerfile = read('Dockerfile');
const instructions = dockerfile
  .replace(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => /^[A-Z]+ /.test(line))
  .map((line) => ({ name: line.split(' ')[0] ?? '', text: line }));
const named = (name: string): string[] => instructions.filter((instruction) => instruction.name === name).map(({ text }) => text);
const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0;

describe('Dockerfile', () => {
  test('base images carry an exact tag (DL3006, DL3007)', () => {
    const stages = new Set(named('FROM').map((text) => /\bAS (\S+)/.exec(text)?.[1]));
    const bases = named('FROM')
      .map((text) => text.split(' ')[1] ?? '')
      .filter((image) => !stages.has(image));
    expect(bases.length).toBeGreaterThan(0);
    for (const image of bases) expect(image).toMatch(/:\d+\.\d+\.\d+/);
  });
  test('the image runs the Node that the repository pins', () => {
    const { devDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { devDependencies: Record<string, string> };
    expect(dockerfile).toContain(`FROM node:${devDependencies.node}-`);
  });
  test('the last stage runs as an unprivileged user and says whether it is well (DL3002, DL3055)', () => {
    const last = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));
    expect(last.find(({ name }) => name === 'USER')?.text).toMatch(/^USER (?!0\b|root\b)\d+/);
    expect(last.filter(({ name }) => name === 'HEALTHCHECK')).toHaveLength(1);
  });
  test('copies instead of adding, never uses sudo, starts programs directly (DL3020, DL3004, DL3025)', () => {
    expect(named('ADD')).toEqual([]);
    expect(dockerfile).not.toMatch(/\bsudo\b/);
    for (const text of [...named('CMD'), ...named('ENTRYPOINT')]) expect(text).toMatch(/^\w+ \[/);
  });
  test('secrets and builds of this machine stay out of the image', () => {
    for (const line of ['docker/.env', '.promolift', '**/node_modules', '.git'])
      expect(read('Dockerfile.dockerignore').split('\n')).toContain(line);
  });
});

describe.each(['compose.yml', 'compose.dev.yml'])('%s', (file) => {
  test('images carry an exact tag', () => {
    const images = [...read(file).matchAll(/^\s+image: (\S+)/gm)].map((match) => match[1] ?? '');
    for (const image of images) expect(image).toMatch(/:(\d+\.\d+|\$\{PROMOLIFT_VERSION:-\d+\.\d+\.\d+\})/);
  });
  test("no secret is written down for anything but a developer's own machine", () => {
    if (file === 'compose.dev.yml') expect(read(file).match(/"(\d+:\d+)"/g)).toBeNull();
    else for (const [, value] of read(file).matchAll(/(?:PASSWORD|KEY|SALT): (\S.*)/g)) expect(value).toMatch(/^\$\{/);
  });
  test.runIf(hasCompose)('docker compose reads it', () => {
    const secrets = Object.fromEntries(
      ['POSTGRES_PASSWORD', 'PSEUDONYM_KEY', 'ENCRYPTION_KEY', 'HOLDOUT_SALT'].map((name) => [name, 'x'.repeat(64)]),
    );
    const result = spawnSync('docker', ['compose', '-f', `${root}docker/${file}`, 'config', '--quiet'], {
      env: { ...process.env, ...secrets },
      encoding: 'utf8',
    });
    expect(result.stderr).toBe('');
    expect(result.status).toBe(0);
  });
});

test('whole product: every process of the image has its service, and servers wait for the migration', async () => {
  const { PROCESSES } = (await import('../docker/run.mjs')) as { PROCESSES: Record<string, { args: string[]; directory: string }> };
  const compose = read('compose.yml');
  for (const [name, { directory }] of Object.entries(PROCESSES)) {
    expect(compose).toContain(`command: ["${name}"]`);
    expect(existsSync(directory)).toBe(true);
  }
  expect(compose.match(/migrate: \{ condition: service_completed_successfully \}/g)).toHaveLength(2);
  expect(compose).toContain('replicas: 2');
});
