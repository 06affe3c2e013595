import { createPostgresBackend, type Job, type JobsOptions, Queue, type QueueOptions, Worker, type WorkerOptions } from 'bullmq';
import type { JobContract, JobQueueName } from './contract.ts';
import { contractNamed } from './contracts.ts';

/** Where the queue lives: PostgreSQL by default, Redis (or Valkey) when `redisUrl` is set. */
export type QueueConnection = { databaseUrl: string; redisUrl?: string | undefined };

export const QUEUE_NAMES: readonly JobQueueName[] = ['routine', 'import', 'training'];

// Default lock settings need 61 s to recover a killed worker's job; these need about 11 s.
const LOCK_DURATION_MS = 10_000;
const STALLED_INTERVAL_MS = 5_000;

const postgresConnection = (databaseUrl: string) => ({ connectionString: databaseUrl, migrate: true, max: 4 });

// A finished job that is kept swallows a new one with the same id, so finished jobs go at once: the job row is the record.
const jobOptions: JobsOptions = { removeOnComplete: true, removeOnFail: { age: 86_400 }, backoff: { type: 'exponential', delay: 2_000 } };

function openQueue(name: JobQueueName, { databaseUrl, redisUrl }: QueueConnection): Queue {
  const options: QueueOptions = { connection: { url: redisUrl ?? '' }, defaultJobOptions: jobOptions };
  if (redisUrl) return new Queue(name, options);
  return new Queue(name, { ...options, connection: postgresConnection(databaseUrl) }, createPostgresBackend) as unknown as Queue;
}

export type JobQueue = {
  /** Parses the payload, then adds it once: the contract's job id makes a repeat harmless. */
  enqueue(contract: JobContract, payload: unknown): Promise<void>;
  /** Same by name, as the outbox stores it. Throws when no contract has that name. */
  enqueueNamed(name: string, payload: unknown): Promise<void>;
  /** Jobs waiting or delayed, by queue. */
  waitingCounts(): Promise<Record<JobQueueName, number>>;
  close(): Promise<void>;
};

/** Opens the producers' side. `onFault` hears of connection faults; the queue reconnects by itself. */
export function openJobQueue(connection: QueueConnection, onFault: (fault: Error) => void): JobQueue {
  const queues = new Map(QUEUE_NAMES.map((name) => [name, openQueue(name, connection)]));
  for (const queue of queues.values()) queue.on('error', onFault);
  const queueNamed = (name: JobQueueName): Queue => {
    const queue = queues.get(name);
    if (!queue) throw new Error(`There is no queue named ${name}.`);
    return queue;
  };
  const enqueue = async (contract: JobContract, payload: unknown): Promise<void> => {
    const parsed = contract.payload.parse(payload);
    await queueNamed(contract.queue).add(contract.name, parsed, { jobId: contract.jobId(parsed), attempts: contract.attempts });
  };
  return {
    enqueue,
    enqueueNamed: async (name, payload) => enqueue(contractNamed(name), payload),
    waitingCounts: async () => {
      const counts = { routine: 0, import: 0, training: 0 };
      for (const name of QUEUE_NAMES) counts[name] = await queueNamed(name).getJobCountByTypes('waiting', 'delayed');
      return counts;
    },
    close: async () => {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}

/** What a worker does with one job. `attempt` counts from 1; `isLastAttempt` lets it record a final failure. */
export type JobHandler = (contract: JobContract, payload: unknown, delivery: { attempt: number; isLastAttempt: boolean }) => Promise<void>;

export type WorkerPool = { close(): Promise<void> };

/** Consumes all queues. At-least-once: a handler must be harmless when it runs twice. */
export function startWorkers(options: {
  connection: QueueConnection;
  concurrency: Record<JobQueueName, number>;
  handle: JobHandler;
  onFault: (fault: Error, jobName?: string) => void;
  /** No attempt is left, whatever ended the last one: a fault, a crash, a worker that vanished too often. */
  onGivenUp?: (payload: unknown, fault: Error) => void;
}): WorkerPool {
  const run = async (job: Job): Promise<void> => {
    const contract = contractNamed(job.name);
    const attempt = job.attemptsMade + 1;
    await options.handle(contract, contract.payload.parse(job.data), { attempt, isLastAttempt: attempt >= contract.attempts });
  };
  const workers = QUEUE_NAMES.map((name) => {
    const settings = {
      concurrency: options.concurrency[name],
      lockDuration: LOCK_DURATION_MS,
      stalledInterval: STALLED_INTERVAL_MS,
      maxStalledCount: 2,
    };
    const { databaseUrl, redisUrl } = options.connection;
    const worker = redisUrl
      ? new Worker(name, run, { ...settings, connection: { url: redisUrl } } as WorkerOptions)
      : (new Worker(
          name,
          run,
          { ...settings, connection: postgresConnection(databaseUrl) } as never,
          createPostgresBackend,
        ) as unknown as Worker);
    worker.on('error', (fault) => options.onFault(fault));
    worker.on('failed', (job, fault) => {
      options.onFault(fault, job?.name);
      if (job?.finishedOn !== undefined) options.onGivenUp?.(job.data, fault);
    });
    return worker;
  });
  return {
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}
