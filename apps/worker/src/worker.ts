import { createServer, type Server } from 'node:http';
import { advanceCampaigns, openJobQueue, startWorkers } from '@promolift/jobs';
import type { Logger } from '@promolift/logger';
import { depsFor } from '@promolift/services';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { WorkerEnv } from './env.ts';
import { handlerOf } from './handlers.ts';
import { openInstallation } from './installation.ts';
import { runIsolated } from './isolated.ts';
import { recordGivenUp } from './record-given-up.ts';
import { relayOutbox } from './relay.ts';

const RELAY_EVERY_MS = 500;
const TICK_EVERY_MS = 5_000;

/** Runs `work` again and again with a pause between, one at a time, until stopped; faults are told and the loop goes on. */
function repeat(everyMs: number, work: () => Promise<unknown>, onFault: (fault: unknown) => void): { stop: () => Promise<void> } {
  let isStopped = false;
  let wake = () => {};
  const loop = (async () => {
    while (!isStopped) {
      await work().catch(onFault);
      if (isStopped) break;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return {
    stop: async () => {
      isStopped = true;
      wake();
      await loop;
    },
  };
}

/** Opens queue, consumers, outbox relay and the routine tick; `stop` gives running jobs back and ends their processes. */
export async function startWorker(env: WorkerEnv, log: Logger): Promise<{ stop: () => Promise<void> }> {
  const installation = await openInstallation(env, log, env.WORKER_CONCURRENCY + 6);
  const connection = { databaseUrl: env.DATABASE_URL, redisUrl: env.REDIS_URL };
  const onFault = (fault: unknown) => log.error({ err: fault }, 'worker fault');
  const queue = openJobQueue(connection, onFault);
  const children = new Set<() => void>();
  const pool = startWorkers({
    connection,
    concurrency: { routine: env.WORKER_CONCURRENCY, import: 1, training: 1 },
    onFault: (fault, jobName) => log.error({ err: fault, jobName }, 'job attempt failed'),
    onGivenUp: (payload, fault) => void recordGivenUp(installation.database.pool, payload, fault).catch(onFault),
    handle: async (contract, payload, { isLastAttempt }) => {
      const handler = handlerOf(contract.name);
      if (handler.isIsolated) return runIsolated(contract.name, payload, isLastAttempt, children);
      await installation.refreshClock();
      return handler.handle(depsFor(installation, { kind: 'system', name: 'worker' }), payload, isLastAttempt);
    },
  });
  const relay = repeat(RELAY_EVERY_MS, () => relayOutbox(installation.database.pool, queue, onFault), onFault);
  const tick = repeat(
    TICK_EVERY_MS,
    () => queue.enqueue(advanceCampaigns, { tick: `${Math.floor(Date.now() / TICK_EVERY_MS)}-tick` }),
    onFault,
  );
  const health = await startHealthServer(env.WORKER_PORT, installation.database.pool, queue);
  return {
    stop: async () => {
      await Promise.all([relay.stop(), tick.stop()]);
      for (const kill of children) kill();
      await Promise.all([pool.close(), new Promise((resolve) => health.close(resolve))]);
      await queue.close();
      await installation.close();
    },
  };
}

async function startHealthServer(
  port: number,
  sql: { query: (text: string) => Promise<unknown> },
  queue: { waitingCounts: () => Promise<Record<string, number>> },
): Promise<Server> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'promolift_jobs_waiting',
    help: 'Jobs waiting or delayed, by queue.',
    labelNames: ['queue'],
    registers: [registry],
    async collect() {
      for (const [name, count] of Object.entries(await queue.waitingCounts())) this.set({ queue: name }, count);
    },
  });
  const server = createServer((request, response) => {
    const answer = async (): Promise<[number, string]> => {
      if (request.url === '/livez') return [200, 'live\n'];
      if (request.url === '/metrics') return [200, await registry.metrics()];
      if (request.url === '/readyz') return sql.query('select 1').then((): [number, string] => [200, 'ready\n']);
      return [404, 'not found\n'];
    };
    answer().then(
      ([status, body]) => response.writeHead(status, { 'content-type': 'text/plain' }).end(body),
      () => response.writeHead(503).end('not ready\n'),
    );
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return server;
}
