import { EnvError } from '@promolift/env';
import { createLogger } from '@promolift/logger';
import { readEnv } from './env.ts';
import { startWorker } from './worker.ts';

try {
  const env = readEnv();
  const log = createLogger({ name: 'worker', level: env.LOG_LEVEL });
  const worker = await startWorker(env, log);
  log.info({ port: env.WORKER_PORT }, 'worker started');
  const stop = async () => {
    await worker.stop();
    log.info({}, 'worker stopped');
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
} catch (fault) {
  if (!(fault instanceof EnvError)) throw fault;
  process.stderr.write(`${fault.message}\n`);
  process.exit(1);
}
