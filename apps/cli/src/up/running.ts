import type { EmbeddedPostgres } from '@promolift/db';
import { type Child, type ChildSpec, startChild } from './child.ts';
import type { UpLock } from './lock.ts';

export type Rank = 'front end' | 'api' | 'worker';
const STOP_ORDER: readonly { rank: Rank; limitMs: number }[] = [
  { rank: 'front end', limitMs: 2_000 },
  { rank: 'api', limitMs: 2_500 },
  { rank: 'worker', limitMs: 3_000 },
];

/** Everything that was started, so that whatever happens it is stopped in order: front ends, API, worker, connections, database, lock. */
export class Running {
  readonly #children: { rank: Rank; child: Child }[] = [];
  readonly #onNews: (line: string) => void;
  lock: UpLock | undefined;
  database: EmbeddedPostgres | undefined;
  closeInstallation: (() => Promise<void>) | undefined;
  #stopped: Promise<void> | undefined;

  constructor(onNews: (line: string) => void) {
    this.#onNews = onNews;
  }

  async start(rank: Rank, spec: ChildSpec): Promise<Child> {
    const child = await startChild(spec, this.#onNews, () => void this.#noteChildren());
    this.#children.push({ rank, child });
    await this.#noteChildren();
    return child;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  async #stopAll(): Promise<void> {
    for (const { rank, limitMs } of STOP_ORDER) {
      await Promise.all(this.#children.filter((started) => started.rank === rank).map(({ child }) => child.stop(limitMs)));
    }
    await this.closeInstallation?.();
    await this.database?.stop();
    await this.lock?.release();
  }

  /** The lock file names the children, so that the start after a kill knows whom to wait for. */
  async #noteChildren(): Promise<void> {
    const alive = this.#children.flatMap(({ child }) => {
      const pid = child.pid();
      return pid === undefined ? [] : [{ pid, mark: child.spec.script }];
    });
    await this.lock?.noteChildren(alive);
  }
}
