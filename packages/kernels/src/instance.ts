import { readFileSync } from 'node:fs';

/** The part of the WebAssembly interface used here; TypeScript declares it only among the browser's types. */
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: object };
  Memory: new (limits: { initial: number; maximum: number; shared: true }) => KernelMemory;
}
interface KernelMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
export const PAGE_BYTES = 65_536;
const webAssembly: WebAssemblyApi = Reflect.get(globalThis, 'WebAssembly');

/** What `assembly/index.ts` exports; every pointer is a byte offset into `memory`. */
export interface KernelExports {
  memory: KernelMemory;
  /** Where free memory begins. */
  heapBase(): number;
  /** What one thread needs to pack operands in; `useWorkspace` says where that is. */
  workspaceBytes(): number;
  useWorkspace(at: number): void;
  gemm(
    m: number,
    n: number,
    k: number,
    a: number,
    aRow: number,
    aColumn: number,
    b: number,
    bRow: number,
    bColumn: number,
    c: number,
    ldc: number,
    accumulate: number,
  ): void;
  dotProduct(a: number, b: number, length: number): number;
  dotRows(matrix: number, vector: number, out: number, rows: number, columns: number): void;
  dotGatheredRows(matrix: number, indices: number, vector: number, out: number, count: number, columns: number): void;
  gram(x: number, out: number, rows: number, columns: number): void;
  /** Not zero when it succeeded. */
  choleskyFactor(a: number, n: number): number;
  choleskySolve(l: number, b: number, n: number, m: number): void;
  nearestCentres(points: number, packed: number, labels: number, distances: number, rows: number, columns: number, count: number): void;
  addHistogram(bins: number, pairs: number, chosen: number, out: number, count: number, features: number): void;
  sparseTimesDense(starts: number, columns: number, values: number, dense: number, out: number, rows: number, width: number): void;
  quantisedDots(rows: number, sums: number, scales: number, query: number, out: number, count: number, columns: number): void;
  indicesAbove(scores: number, count: number, threshold: number, offset: number, found: number): number;
  gruForwardPass(
    x: number,
    kernel: number,
    recurrent: number,
    bias: number,
    gates: number,
    hiddens: number,
    reset: number,
    batch: number,
    steps: number,
    inputs: number,
    units: number,
  ): void;
  gruBackwardPass(
    x: number,
    kernel: number,
    recurrent: number,
    gates: number,
    hiddens: number,
    dHidden: number,
    reset: number,
    dReset: number,
    dKernel: number,
    dRecurrent: number,
    dBias: number,
    dX: number,
    batch: number,
    steps: number,
    inputs: number,
    units: number,
  ): void;
  lstmForwardPass(
    x: number,
    kernel: number,
    recurrent: number,
    bias: number,
    gates: number,
    cells: number,
    hiddens: number,
    batch: number,
    steps: number,
    inputs: number,
    units: number,
  ): void;
  lstmBackwardPass(
    x: number,
    kernel: number,
    recurrent: number,
    gates: number,
    cells: number,
    hiddens: number,
    dHidden: number,
    dCell: number,
    dKernel: number,
    dRecurrent: number,
    dBias: number,
    dX: number,
    batch: number,
    steps: number,
    inputs: number,
    units: number,
  ): void;
}

/** `relaxed` fuses multiply and add (one rounding, about twice the speed); `plain` gives the same bytes on every machine. */
export type KernelBuild = 'relaxed' | 'plain';

interface CompiledKernels {
  build: KernelBuild;
  module: object;
}

const FOLDER = new URL('../build/', import.meta.url);
let compiled: CompiledKernels | undefined;

/** Which build this engine runs. Throws when the kernels have not been compiled. */
export function kernelBuild(): KernelBuild {
  return (compiled ??= compileKernels(FOLDER)).build;
}

/** A fresh instance with its own memory. Throws when the kernels have not been compiled. */
export function instantiateKernels(): KernelExports {
  compiled ??= compileKernels(FOLDER);
  return instanceOf(compiled.module);
}

/** The build of `folder` that this engine understands; `wanted` asks for one of the two. */
export function compileKernels(folder: URL, wanted?: KernelBuild): CompiledKernels {
  const relaxed = readKernels(folder, 'relaxed');
  const build = wanted ?? (webAssembly.validate(relaxed) ? 'relaxed' : 'plain');
  return { build, module: new webAssembly.Module(build === 'relaxed' ? relaxed : readKernels(folder, 'plain')) };
}

/** A fresh instance of a compiled build, its workspace set apart. */
export function instanceOf(module: object): KernelExports {
  const { exports } = new webAssembly.Instance(module, {});
  if (!hasKernels(exports)) throw new Error('The number kernels are out of date: run `npm run build -w @promolift/kernels`.');
  const missing = exports.heapBase() + exports.workspaceBytes() - exports.memory.buffer.byteLength;
  if (missing > 0) exports.memory.grow(Math.ceil(missing / PAGE_BYTES));
  exports.useWorkspace(Math.ceil(exports.heapBase() / 16) * 16);
  return exports;
}

/** Where an instance's memory is free for arguments; `threads` instances share it. */
export function freeMemoryOf(kernels: KernelExports, threads = 1): number {
  return Math.ceil(kernels.heapBase() / 16) * 16 + threads * kernels.workspaceBytes();
}

/** A compiled build and the memory that instances on several threads share. */
export interface SharedKernels {
  module: object;
  memory: KernelMemory;
}

const MAXIMUM_PAGES = 65_536; // As compiled: all that 32 bits reach. Memory is taken only as it grows.

/** The build for shared memory that this engine understands, with a new memory. */
export function compileSharedKernels(): SharedKernels {
  const bytes = readKernels(FOLDER, `${kernelBuild()}-shared`);
  return { module: new webAssembly.Module(bytes), memory: new webAssembly.Memory({ initial: 16, maximum: MAXIMUM_PAGES, shared: true }) };
}

/** An instance of thread number `thread` of `threads` on the shared memory, with a workspace of its own. */
export function instanceOn({ module, memory }: SharedKernels, thread: number, threads: number): KernelExports {
  const { exports } = new webAssembly.Instance(module, { env: { memory } });
  const kernels = { memory, ...exports };
  if (!hasKernels(kernels)) throw new Error('The number kernels are out of date: run `npm run build -w @promolift/kernels`.');
  const missing = freeMemoryOf(kernels, threads) - memory.buffer.byteLength;
  if (thread === 0 && missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
  kernels.useWorkspace(freeMemoryOf(kernels, thread));
  return kernels;
}

function readKernels(folder: URL, name: string): Buffer<ArrayBuffer> {
  try {
    return readFileSync(new URL(`kernels-${name}.wasm`, folder));
  } catch (cause) {
    throw new Error('The number kernels are not compiled: run `npm run build -w @promolift/kernels`.', { cause });
  }
}

function hasKernels(exports: object): exports is KernelExports {
  const names = [
    'heapBase',
    'useWorkspace',
    'gemm',
    'dotProduct',
    'dotRows',
    'dotGatheredRows',
    'lstmForwardPass',
    'lstmBackwardPass',
    'gruBackwardPass',
  ];
  return 'memory' in exports && names.every((name) => name in exports);
}
