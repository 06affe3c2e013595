import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** numpy on one thread, in a process that stays: so that its runs and ours can take turns. */
export interface NumpyPeer {
  /** Seconds of one run of the work, such as "product 256". */
  seconds(work: string): Promise<number>;
  close(): void;
}

export function openNumpy(python: string): NumpyPeer {
  const script = fileURLToPath(new URL('kernels_peer.py', import.meta.url));
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' };
  const child = spawn(python, [script], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async seconds(work) {
      child.stdin.write(`${work}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`numpy stopped at "${work}"`);
      return Number(value);
    },
    close: () => void child.kill(),
  };
}

/** The best seconds of `rounds` runs each, taken in turn: on a shared machine a mean measures the neighbours. */
export async function bestInTurn(
  ours: () => void,
  theirs: (() => Promise<number>) | null,
  rounds: number,
): Promise<[number, number | null]> {
  let [our, their] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    ours();
    our = Math.min(our, (performance.now() - start) / 1_000);
    if (theirs) their = Math.min(their, await theirs());
  }
  return [our, theirs ? their : null];
}
