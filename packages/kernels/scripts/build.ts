import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
mkdirSync(`${packageFolder}build`, { recursive: true });
const { error, stderr } = await asc.main([
  'assembly/index.ts',
  '--baseDir',
  packageFolder,
  '--outFile',
  'build/kernels.wasm',
  '--runtime',
  'stub',
  '--optimizeLevel',
  '3',
  '--shrinkLevel',
  '0',
  '--noAssert',
  '--use',
  'abort=',
  '--enable',
  'simd',
]);
if (error) {
  process.stderr.write(stderr.toString());
  process.exitCode = 1;
}
