import { databaseEnv, filesEnv, loggingEnv, parseEnv, queueEnv, secretsEnv, workerEnv } from '@promolift/env';

export const readEnv = () => parseEnv({ ...databaseEnv, ...queueEnv, ...secretsEnv, ...filesEnv, ...loggingEnv, ...workerEnv });
export type WorkerEnv = ReturnType<typeof readEnv>;
