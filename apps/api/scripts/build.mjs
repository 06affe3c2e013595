// Bundles the API (decorators need compiling) and GraphiQL (served from our own origin).
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (path) => `${root}${path}`;

// Our own packages export TypeScript source, which only the bundle may contain; everything from npm stays outside.
const externalPackages = {
  name: 'external-packages',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@promolift/') ? undefined : { path, external: true },
    ),
};

await Promise.all([
  build({
    entryPoints: [at('src/main.ts')],
    outfile: at('dist/main.js'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    sourcemap: true,
    keepNames: true,
    plugins: [externalPackages],
    tsconfig: at('tsconfig.json'),
    logLevel: 'warning',
  }),
  build({
    entryPoints: { graphiql: at('graphiql/main.js') },
    outdir: at('dist'),
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    loader: { '.ttf': 'dataurl', '.woff2': 'dataurl' },
    define: { 'process.env.NODE_ENV': '"production"' },
    tsconfigRaw: {},
    logLevel: 'error',
  }),
]);
