import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';

/** Left to right: a slice may import itself and what stands to its left; `shared` is left of all. */
const SLICES = ['shared', 'products', 'users', 'activity', 'segments', 'forecasts', 'recommendations', 'promotions', 'campaigns'];
/** Slices beside the row: they may import `shared` and the words of any slice, and be imported by none of the row's. */
const SIDE_SLICES = ['staff', 'models'];
/** Who may import whom directly, down the layers. */
const MAY_IMPORT: Record<string, string[]> = {
  domain: [],
  kernels: [],
  tensorflow: ['kernels'],
  ml: ['kernels'],
  simulator: ['ml', 'domain'],
  db: ['domain'],
  jobs: ['domain'],
  datasets: ['domain'],
  services: ['domain', 'kernels', 'ml', 'tensorflow', 'db', 'jobs', 'datasets'],
  sdk: ['api-schema'],
  env: [],
  logger: [],
  testing: ['domain', 'db'],
  api: ['services', 'db', 'domain', 'jobs', 'env', 'logger'],
  worker: ['services', 'db', 'domain', 'jobs', 'env', 'logger'],
  backoffice: ['domain', 'api-schema', 'env'],
  storefront: ['sdk'],
  cli: ['services', 'db', 'domain', 'jobs', 'datasets', 'simulator', 'sdk', 'tensorflow', 'env', 'logger'],
};
/** Tests may also use the test kit, and numbers may be tested on a real backend or a synthetic shop. */
const TESTS_MAY_IMPORT = ['testing', 'tensorflow', 'simulator', 'domain', 'db', 'datasets'];
const MAX_LINES = 300;

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'apps', 'packages'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.tsx?$/.test(file) && !/\/(generated|assembly|fixtures)\//.test(file) && !file.endsWith('.d.ts'));
const source = (file: string) => readFileSync(file, 'utf8');
/** Tests, and what only they and benches run. */
const isTest = (file: string) => /\.(test|e2e)\.tsx?$|\/test-[^/]+\.ts$|\/(e2e|bench|scripts|testing)\//.test(file);
const importsOf = (file: string) => [...source(file).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
const packageOf = (file: string) => file.split('/')[1] ?? '';
const sliceOf = (file: string) => /^(?:apps|packages)\/[^/]+\/src\/([^/]+)\//.exec(file)?.[1];

test('there are sources to look at', () => {
  expect(files.length).toBeGreaterThan(50);
});

test('imports go down the layers only', () => {
  const wrong = files.flatMap((file) => {
    const allowed = new Set([...(MAY_IMPORT[packageOf(file)] ?? []), packageOf(file), ...(isTest(file) ? TESTS_MAY_IMPORT : [])]);
    return importsOf(file)
      .map((specifier) => /^@promolift\/([^/]+)/.exec(specifier)?.[1])
      .filter((target): target is string => target !== undefined && !allowed.has(target))
      .map((target) => `${file} imports ${target}`);
  });
  expect(wrong).toEqual([]);
});

test('inside a layer imports go left along the slices only', () => {
  const wrong = files
    .filter((file) => !isTest(file))
    .flatMap((file) => {
      const slice = sliceOf(file);
      if (!slice || !SLICES.includes(slice)) return [];
      return importsOf(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => sliceOf(posix.normalize(posix.join(posix.dirname(file), specifier))))
        .filter(
          (target) =>
            target !== undefined &&
            (SIDE_SLICES.includes(target) || (SLICES.includes(target) && SLICES.indexOf(target) > SLICES.indexOf(slice))),
        )
        .map((target) => `${file} imports ${target}`);
    });
  expect(wrong).toEqual([]);
});

test('packages are entered by their one index', () => {
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter((specifier) => /^@promolift\/(?!api-schema|db\/testing)[^/]+\/./.test(specifier))
      .map((specifier) => `${file} imports ${specifier}`),
  );
  expect(wrong).toEqual([]);
});

/** `newId` draws a fresh id: every writer needs one, and nothing decides by its value. */
const IMPURE_ON_PURPOSE = 'packages/domain/src/shared/uuid.ts';

test('ground packages have no clock, no chance and no I/O of their own', () => {
  const pure = files.filter((file) => /^packages\/(domain|ml|simulator)\/src\//.test(file) && !isTest(file) && file !== IMPURE_ON_PURPOSE);
  const wrong = pure.filter((file) =>
    /Math\.random\(|Date\.now\(|new Date\(\)|from 'node:(fs|net|http|child_process)|process\.env/.test(source(file)),
  );
  expect(wrong).toEqual([]);
});

/** `...process.env` for a child process hands everything on and reads nothing. */
const READS_ENVIRONMENT = /(?<!\.\.\.)process\.env/;

test('packages receive values as arguments and never read the environment', () => {
  const wrong = files.filter(
    (file) => /^packages\/(?!env\/|testing\/)/.test(file) && !isTest(file) && READS_ENVIRONMENT.test(source(file)),
  );
  expect(wrong).toEqual([]);
});

test(`no file is longer than ${MAX_LINES} lines`, () => {
  const long = files
    .filter((file) => !/migrations\//.test(file))
    .map((file) => [file, source(file).split('\n').length] as const)
    .filter(([, lines]) => lines > MAX_LINES);
  expect(long).toEqual([]);
});
