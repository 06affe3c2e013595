import type { z } from 'zod';

export type JobQueueName = 'training' | 'import' | 'routine';

/** A job is a name and a schema, parsed when it is enqueued and again when it runs. Payloads hold ids only. */
export type JobContract<Payload extends z.ZodType = z.ZodType> = {
  readonly name: string;
  /** `training` and `import` run in a child process: CPU work must not stop lock renewal. */
  readonly queue: JobQueueName;
  readonly payload: Payload;
  readonly attempts: number;
  /** Makes a repeated enqueue harmless. No colon, not digits only (BullMQ refuses both). */
  readonly jobId: (payload: z.infer<Payload>) => string;
};

export const defineJob = <Payload extends z.ZodType>(contract: JobContract<Payload>): JobContract<Payload> => contract;
