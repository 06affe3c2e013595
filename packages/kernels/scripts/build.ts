import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
mkdirSync(`${packageFolder}build`, { recursive: true });

// Each for a memory of its own and for one that threads share; `relaxed` also needs an engine with relaxed SIMD.
const RELAXED = ['--enable', 'relaxed-simd'];
const SHARED = ['--enable', 'threads', '--importMemory', '--sharedMemory', '--maximumMemory', '65536'];
const BUILDS: Record<string, string[]> = {
  plain: [],
  relaxed: RELAXED,
  'plain-shared': SHARED,
  'relaxed-shared': [...RELAXED, ...SHARED],
};
const COMMON = ['--runtime', 'stub', '--optimizeLevel', '3', '--shrinkLevel', '0', '--noAssert', '--use', 'abort=', '--enable', 'simd'];

for (const [name, options] of Object.entries(BUILDS)) {
  const outFile = `build/kernels-${name}.wasm`;
  const { error, stderr } = await asc.main(['assembly/index.ts', '--baseDir', packageFolder, '--outFile', outFile, ...COMMON, ...options]);
  if (!error) continue;
  process.stderr.write(stderr.toString());
  process.exitCode = 1;
}
