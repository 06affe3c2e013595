import { openDatabase } from '@promolift/db';
import { EnvError } from '@promolift/env';
import { createLogger } from '@promolift/logger';
import { createShopClock, flushDecisions, secretsOf } from '@promolift/services';
import { readEnv } from './env.ts';
import { startApi } from './server.ts';

const STOP_LIMIT_MS = 10_000;

async function main(): Promise<void> {
  const env = readEnv();
  const log = createLogger({ name: 'api', level: env.LOG_LEVEL });
  const database = await openDatabase({ url: env.DATABASE_URL, statementTimeoutMs: env.STATEMENT_TIMEOUT_MS });
  const clock = createShopClock(database);
  const api = await startApi({
    installation: { database, clock, log, secrets: secretsOf(env), homeDirectory: env.PROMOLIFT_HOME },
    clock,
    databaseUrl: env.DATABASE_URL,
    port: env.API_PORT,
    isDevelopment: env.NODE_ENV === 'development',
    metricsAllowedFrom: env.METRICS_ALLOWED_FROM,
    trustedProxies: env.TRUSTED_PROXIES,
    ...(env.SAFELIST_FILE && { safelistFile: env.SAFELIST_FILE }),
    // Beside this file once it is bundled.
    assetDirectory: import.meta.dirname,
  });
  log.info({ url: api.url }, 'api started');
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    await api.stop();
    await flushDecisions({ sql: database.pool, log });
    await database.close();
    log.info({}, 'api stopped');
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof EnvError ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(1);
});
