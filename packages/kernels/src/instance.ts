import { readFileSync } from 'node:fs';

/** The part of the WebAssembly interface used here; TypeScript declares it only among the browser's types. */
interface WebAssemblyApi {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: object };
}
interface KernelMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
const webAssembly: WebAssemblyApi = Reflect.get(globalThis, 'WebAssembly');

/** What `assembly/index.ts` exports; every pointer is a byte offset into `memory`. */
export interface KernelExports {
  memory: KernelMemory;
  /** Where free memory begins. */
  heapBase(): number;
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
    accumulate: boolean,
  ): void;
  dotProduct(a: number, b: number, length: number): number;
  dotRows(matrix: number, vector: number, out: number, rows: number, columns: number): void;
  dotGatheredRows(matrix: number, indices: number, vector: number, out: number, count: number, columns: number): void;
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

const FILE = new URL('../build/kernels.wasm', import.meta.url);
let compiled: object | undefined;

/** A fresh instance with its own memory. Throws when the kernels have not been compiled. */
export function instantiateKernels(file: URL = FILE): KernelExports {
  const module = file === FILE ? (compiled ??= compile(FILE)) : compile(file);
  const { exports } = new webAssembly.Instance(module, {});
  if (!hasKernels(exports)) throw new Error('The number kernels are out of date: run `npm run build -w @promolift/kernels`.');
  return exports;
}

function compile(file: URL): object {
  let bytes: Buffer<ArrayBuffer>;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new Error('The number kernels are not compiled: run `npm run build -w @promolift/kernels`.', { cause });
  }
  return new webAssembly.Module(bytes);
}

function hasKernels(exports: object): exports is KernelExports {
  const names = ['heapBase', 'gemm', 'dotProduct', 'dotRows', 'dotGatheredRows', 'lstmForwardPass', 'lstmBackwardPass'];
  return 'memory' in exports && names.every((name) => name in exports);
}
