// A thread of the kernel pool: takes calls while a round has some, then sleeps until the next.
import { workerData } from 'node:worker_threads';
import { instanceOn } from './instance.ts';
import { awaitRound, type PoolSeat, runNext } from './pool.ts';

const { control, thread, threads, ...shared }: PoolSeat = workerData;
const kernels = instanceOn(shared, thread, threads);

for (;;) {
  while (runNext(control, kernels));
  awaitRound(control);
}
