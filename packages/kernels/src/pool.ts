import { Worker } from 'node:worker_threads';
import { compileSharedKernels, freeMemoryOf, instanceOn, type KernelExports, type SharedKernels } from './instance.ts';
import { type NumberArray, type Scratch, scratchOn } from './scratch.ts';

/** Positions in the control array, then `ARGUMENTS` numbers for each thread. */
export const CONTROL = { round: 0, pending: 1, failed: 2, kernel: 3, first: 4 } as const;
export const ARGUMENTS = 16;
/** Kernels that threads run, by their number in the control array. */
export const POOLED = ['gemm', 'dotRows', 'nearestCentres', 'quantisedDots'] as const;
const PATIENCE_MS = 60_000; // A thread that has not answered by then is lost.

export interface PoolSeat extends SharedKernels {
  /** Which thread it is; 0 is the caller's. */
  thread: number;
  control: Int32Array<SharedArrayBuffer>;
}

/** Threads on one shared memory. Calls are synchronous: the caller works too and returns when all are done. */
export interface KernelPool {
  readonly threads: number;
  readonly kernels: KernelExports;
  /** A scratch space above what is kept. */
  scratch(): Scratch;
  /** Copies values in for as long as the pool lives; returns their byte offset. */
  keep(values: NumberArray): number;
  /** One call a thread, all at once; at most as many as there are threads. Fractions are not handed over. */
  run(kernel: (typeof POOLED)[number], calls: readonly (readonly number[])[]): void;
  close(): Promise<void>;
}

/** Starts `threads` - 1 workers; they do not keep the process alive. */
export function openPool(threads: number): KernelPool {
  const shared = compileSharedKernels();
  const control = new Int32Array(new SharedArrayBuffer(4 * (CONTROL.first + ARGUMENTS * threads)));
  const kernels = instanceOn(shared, 0, threads);
  const workers = Array.from({ length: threads - 1 }, (_, i) => {
    const seat: PoolSeat = { ...shared, thread: i + 1, control };
    const worker = new Worker(new URL('./pool-worker.ts', import.meta.url), { workerData: seat });
    worker.unref();
    return worker;
  });
  let kept = freeMemoryOf(kernels, threads);
  return {
    threads,
    kernels,
    scratch: () => scratchOn(kernels, kept),
    keep(values) {
      const at = scratchOn(kernels, kept).put(values);
      kept = at + values.byteLength;
      return at;
    },
    run(kernel, calls) {
      if (calls.length > threads) throw new RangeError(`${calls.length} calls are too many for ${threads} threads`);
      start(control, kernel, calls);
      const [own] = calls;
      if (own) Reflect.apply(kernels[kernel], undefined, own);
      awaitOthers(control);
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function start(control: Int32Array<SharedArrayBuffer>, kernel: (typeof POOLED)[number], calls: readonly (readonly number[])[]): void {
  const threads = (control.length - CONTROL.first) / ARGUMENTS;
  control[CONTROL.kernel] = POOLED.indexOf(kernel);
  control[CONTROL.failed] = 0;
  for (let thread = 1; thread < threads; thread++) {
    const at = CONTROL.first + thread * ARGUMENTS;
    const call = calls[thread] ?? [];
    control[at] = call.length;
    control.set(call, at + 1);
  }
  Atomics.store(control, CONTROL.pending, threads - 1);
  Atomics.add(control, CONTROL.round, 1);
  Atomics.notify(control, CONTROL.round);
}

function awaitOthers(control: Int32Array<SharedArrayBuffer>): void {
  const deadline = performance.now() + PATIENCE_MS;
  for (let pending = Atomics.load(control, CONTROL.pending); pending > 0; pending = Atomics.load(control, CONTROL.pending)) {
    Atomics.wait(control, CONTROL.pending, pending, 1_000);
    if (performance.now() > deadline) throw new Error('a thread of the kernel pool does not answer');
  }
  if (control[CONTROL.failed] > 0) throw new Error('a kernel failed on a thread of the pool');
}

/** Splits `count` into at most `threads` runs of [start, length], each start a multiple of `grain`. */
export function share(count: number, threads: number, grain: number): [number, number][] {
  const size = Math.max(grain, Math.ceil(count / threads / grain) * grain);
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => [i * size, Math.min(size, count - i * size)]);
}
