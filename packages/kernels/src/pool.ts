import { Worker } from 'node:worker_threads';
import { compileSharedKernels, freeMemoryOf, instanceOn, type KernelExports, type SharedKernels } from './instance.ts';
import { type NumberArray, type Scratch, scratchOn } from './scratch.ts';

/** Positions in the control array, then a slot for each call of a round: kernel, count of arguments, arguments. */
export const CONTROL = { claim: 0, done: 1, failed: 2, first: 3 } as const;
export const SLOT = 16;
export const MAXIMUM_CALLS = 64;
/** Kernels that threads run, by their number in the control array. */
export const POOLED = ['gemm', 'dotRows', 'nearestCentres', 'quantisedDots'] as const;
const PATIENCE_MS = 60_000; // A thread that has not answered by then is lost.

export interface PoolSeat extends SharedKernels {
  /** Which thread it is; 0 is the caller's. */
  thread: number;
  threads: number;
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
  /** Whoever is free takes the next call, the caller included: where no core is free it does all of them. Arguments are whole numbers. */
  run(kernel: (typeof POOLED)[number], calls: readonly (readonly number[])[]): void;
  close(): Promise<void>;
}

/** Starts `threads` - 1 workers; they do not keep the process alive. */
export function openPool(threads: number): KernelPool {
  const shared = compileSharedKernels();
  const control = new Int32Array(new SharedArrayBuffer(4 * (CONTROL.first + SLOT * MAXIMUM_CALLS)));
  const kernels = instanceOn(shared, 0, threads);
  const workers = Array.from({ length: threads - 1 }, (_, i) => {
    const seat: PoolSeat = { ...shared, thread: i + 1, threads, control };
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
      if (calls.length > MAXIMUM_CALLS) throw new RangeError(`${calls.length} calls are too many: a round has ${MAXIMUM_CALLS}`);
      startRound(control, kernel, calls);
      while (runNext(control, kernels));
      awaitOthers(control, calls.length);
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

// One word says which round it is, how many calls it has and which is next: a thread that wakes late cannot take a call of
// another round than it looked at.
const claimOf = (round: number, calls: number) => (round << 16) | (calls << 8);
const nextOf = (claim: number) => claim & 255;
const callsOf = (claim: number) => (claim >> 8) & 255;
const ROUNDS = 32_768;

/** Offers calls to all threads. */
export function startRound(
  control: Int32Array<SharedArrayBuffer>,
  kernel: (typeof POOLED)[number],
  calls: readonly (readonly number[])[],
): void {
  calls.forEach((call, i) => {
    control.set([POOLED.indexOf(kernel), call.length, ...call], CONTROL.first + i * SLOT);
  });
  control[CONTROL.failed] = 0;
  Atomics.store(control, CONTROL.done, 0);
  const round = ((control[CONTROL.claim] >> 16) + 1) % ROUNDS;
  Atomics.store(control, CONTROL.claim, claimOf(round, calls.length));
  Atomics.notify(control, CONTROL.claim);
}

/** Takes and runs one call of the round; false when none is left. */
export function runNext(control: Int32Array<SharedArrayBuffer>, kernels: KernelExports): boolean {
  const claim = Atomics.load(control, CONTROL.claim);
  const next = nextOf(claim);
  if (next >= callsOf(claim)) return false;
  if (Atomics.compareExchange(control, CONTROL.claim, claim, claim + 1) !== claim) return true;
  const at = CONTROL.first + next * SLOT;
  try {
    Reflect.apply(kernels[POOLED[control[at]]], undefined, Array.from(control.subarray(at + 2, at + 2 + control[at + 1])));
  } catch {
    Atomics.store(control, CONTROL.failed, 1);
  }
  Atomics.add(control, CONTROL.done, 1);
  Atomics.notify(control, CONTROL.done);
  return true;
}

function awaitOthers(control: Int32Array<SharedArrayBuffer>, calls: number): void {
  const deadline = performance.now() + PATIENCE_MS;
  for (let done = Atomics.load(control, CONTROL.done); done < calls; done = Atomics.load(control, CONTROL.done)) {
    Atomics.wait(control, CONTROL.done, done, 1_000);
    if (performance.now() > deadline) throw new Error('a thread of the kernel pool does not answer');
  }
  if (control[CONTROL.failed] > 0) throw new Error('a kernel failed on a thread of the pool');
}

/** Sleeps until a round has calls that nobody took. */
export function awaitRound(control: Int32Array<SharedArrayBuffer>): void {
  const claim = Atomics.load(control, CONTROL.claim);
  if (nextOf(claim) >= callsOf(claim)) Atomics.wait(control, CONTROL.claim, claim);
}

/** Splits `count` into at most `parts` runs of [start, length], each start a multiple of `grain`. */
export function share(count: number, parts: number, grain: number): [number, number][] {
  const size = Math.max(grain, Math.ceil(count / parts / grain) * grain);
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => [i * size, Math.min(size, count - i * size)]);
}
