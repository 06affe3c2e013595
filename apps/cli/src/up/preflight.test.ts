import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '@promolift/testing';
import { isFreePort, readPorts, requireFreePorts } from './ports.ts';
import { requireDatabase, requireWritable } from './preflight.ts';

let taken: Server;
let port: number;
beforeAll(async () => {
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const address = taken.address();
  port = address && typeof address === 'object' ? address.port : 0;
});
afterAll(() => new Promise((resolve) => taken.close(resolve)));

test('ports: defaults, moved by the environment, nonsense refused', () => {
  expect(readPorts({})).toEqual({ api: 4000, worker: 4001, backoffice: 3000, storefront: 3100 });
  expect(readPorts({ API_PORT: '4500' }).api).toBe(4500);
  expect(() => readPorts({ API_PORT: 'abc' })).toThrow('API_PORT is "abc"');
  expect(() => readPorts({ API_PORT: '65536' })).toThrow('from 1 to 65535');
  expect(() => readPorts({ API_PORT: '3000' })).toThrow('Port 3000 is given to two services');
});

test('a taken port is named with the variable that moves it', async () => {
  expect(await isFreePort(port)).toBe(false);
  await expect(requireFreePorts({ ...readPorts({}), api: port })).rejects.toThrow(new RegExp(`^Port ${port}.*API_PORT=${port + 10}\\.$`));
});

test('an unreachable database is one sentence without the password', async () => {
  const fault = await requireDatabase('postgres://ana:hunter2hunter2@127.0.0.1:1/shop').catch((caught: unknown) => String(caught));
  expect(fault).toContain('The database at 127.0.0.1:1/shop does not answer (ECONNREFUSED)');
  expect(fault).not.toContain('hunter2');
  await expect(requireDatabase('mysql://x')).rejects.toThrow('DATABASE_URL is not an address of a PostgreSQL');
});

test('a database that works is let through', async () => {
  const database = await createTestDatabase({ isMigrated: false });
  await expect(requireDatabase(database.url)).resolves.toBeUndefined();
  await database.stop();
});

test.skipIf(process.getuid?.() === 0)('a folder without write permission is one sentence', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'promolift ro '));
  await chmod(folder, 0o500);
  await expect(requireWritable(join(folder, 'home'))).rejects.toThrow('cannot be written');
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

test('a path that cannot be a folder is one sentence too', async () => {
  await expect(requireWritable('/dev/null/home')).rejects.toThrow(/cannot be written \(ENOTDIR\).*PROMOLIFT_HOME/);
});
