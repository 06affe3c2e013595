import { pendingMigrations } from '@promolift/db';
import type { Installation } from '@promolift/services';
import { Router } from 'express';

/** Live: the process answers. Ready: the database answers within 2 s and has every migration. */
export function healthRoutes({ database }: Installation, databaseUrl: string, version: string): Router {
  let isMigrated = false;
  const router = Router();
  router.get('/livez', (_request, response) => void response.json({ status: 'ok' }));
  router.get('/version', (_request, response) => void response.json({ name: 'promolift', version, node: process.version }));
  router.get('/readyz', async (_request, response) => {
    try {
      await within(2_000, database.pool.query('select 1'));
      isMigrated ||= (await pendingMigrations(databaseUrl)).length === 0;
      response.status(isMigrated ? 200 : 503).json({ status: isMigrated ? 'ok' : 'migrations-pending' });
    } catch {
      response.status(503).set('retry-after', '2').json({ status: 'database-unreachable' });
    }
  });
  return router;
}

function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('timed out')), limitMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
