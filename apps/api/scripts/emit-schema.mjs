// Writes the SDL that the API serves to packages/api-schema/schema.graphql; `--print` shows it instead.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = fileURLToPath(new URL('../../../packages/api-schema/schema.graphql', import.meta.url));
const externalPackages = {
  name: 'external-packages',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@promolift/') ? undefined : { path, external: true },
    ),
};

// Inside the package, so that its dependencies resolve.
const directory = await mkdtemp(`${root}.emit-`);
try {
  const outfile = `${directory}/build-schema.mjs`;
  await build({
    entryPoints: [`${root}src/build-schema.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    keepNames: true,
    plugins: [externalPackages],
    tsconfig: `${root}tsconfig.json`,
  });
  const { printApiSchema } = await import(pathToFileURL(outfile).href);
  if (process.argv.includes('--print')) process.stdout.write(printApiSchema());
  else await writeFile(target, printApiSchema());
} finally {
  await rm(directory, { recursive: true, force: true });
}
