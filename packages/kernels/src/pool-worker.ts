// A thread of the kernel pool: waits for a round, runs its call, says that it is done.
import { workerData } from 'node:worker_threads';
import { instanceOn } from './instance.ts';
import { ARGUMENTS, CONTROL, POOLED, type PoolSeat } from './pool.ts';

const seat: PoolSeat = workerData;
const { control, thread } = seat;
const threads = (control.length - CONTROL.first) / ARGUMENTS;
const kernels = instanceOn(seat, thread, threads);
const at = CONTROL.first + thread * ARGUMENTS;

for (let round = 0; ; ) {
  Atomics.wait(control, CONTROL.round, round);
  if (Atomics.load(control, CONTROL.round) === round) continue;
  round++;
  try {
    const kernel = POOLED[control[CONTROL.kernel]];
    const count = control[at];
    if (count > 0) Reflect.apply(kernels[kernel], undefined, Array.from(control.subarray(at + 1, at + 1 + count)));
  } catch {
    Atomics.store(control, CONTROL.failed, 1);
  }
  Atomics.sub(control, CONTROL.pending, 1);
  Atomics.notify(control, CONTROL.pending);
}
