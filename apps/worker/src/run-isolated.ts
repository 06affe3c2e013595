import { createLogger } from '@promolift/logger';
import { depsFor } from '@promolift/services';
import { z } from 'zod';
import { readEnv } from './env.ts';
import { handlerOf } from './handlers.ts';
import { openInstallation } from './installation.ts';

const orderSchema = z.object({ contractName: z.string(), payload: z.unknown(), isLastAttempt: z.boolean() });

/** The child's whole life: one order by message, one job, one exit code. It also ends when its parent is gone. */
async function runOne(message: unknown): Promise<void> {
  const { contractName, payload, isLastAttempt } = orderSchema.parse(message);
  const env = readEnv();
  const installation = await openInstallation(env, createLogger({ name: 'worker', level: env.LOG_LEVEL }), 4);
  try {
    await handlerOf(contractName).handle(depsFor(installation, { kind: 'system', name: 'worker' }), payload, isLastAttempt);
  } finally {
    await installation.close();
  }
}

process.on('disconnect', () => process.exit(1));
process.once('message', (message) => {
  runOne(message).then(
    () => process.exit(0),
    (fault: unknown) => process.send?.({ fault: fault instanceof Error ? fault.message : String(fault) }, () => process.exit(1)),
  );
});
