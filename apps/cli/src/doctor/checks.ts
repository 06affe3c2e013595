import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openPool } from '@promolift/db';
import { measureBackend } from '@promolift/tensorflow';
import { CommandStop, messageOf } from '../shared/command-stop.ts';
import { homeDirectory, repositoryRoot } from '../shared/folders.ts';
import { withDatabase } from '../shared/with-database.ts';
import { runningUp } from '../up/lock.ts';
import { isFreePort, readPorts } from '../up/ports.ts';
import { requireDatabase } from '../up/preflight.ts';
import { checkLedger } from './ledger.ts';

export type Finding = { state: 'fine' | 'slow' | 'broken'; text: string; fix?: string };
type Check = { name: string; look: () => Promise<Finding> };

const GIB = 2 ** 30;
const CLOCK_LIMIT_MS = 2_000;

/** Each looks at one thing and, where it is not well, says what to do. */
export const checks: readonly Check[] = [
  {
    name: 'Node',
    look: async () =>
      process.versions.node.startsWith('24.')
        ? fine(`${process.version} (pinned)`)
        : broken(process.version, 'start with "npm start" or "npm run promolift", which use the pinned Node 24'),
  },
  { name: 'install scripts', look: async () => installScripts() },
  { name: 'PostgreSQL', look: () => asFinding(postgres) },
  {
    name: 'Redis',
    look: async () => fine(process.env.REDIS_URL ? 'REDIS_URL is set: the queue runs there' : 'not used: the queue runs on PostgreSQL'),
  },
  { name: 'clock', look: () => asFinding(clock) },
  { name: 'ledger', look: () => asFinding(checkLedger) },
  { name: 'disk', look: disk },
  { name: 'ports', look: () => asFinding(ports) },
  { name: 'TensorFlow.js', look: () => asFinding(tensorflow) },
];

const fine = (text: string): Finding => ({ state: 'fine', text });
const slow = (text: string, fix: string): Finding => ({ state: 'slow', text, fix });
const broken = (text: string, fix: string): Finding => ({ state: 'broken', text, fix });

async function asFinding(look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (fault) {
    return {
      state: 'broken',
      text: messageOf(fault),
      ...(fault instanceof CommandStop ? {} : { fix: 'run again with LOG_LEVEL=debug and report what it says' }),
    };
  }
}

/** npm may be told to run no install scripts; what they would have made is looked for by its file. */
function installScripts(): Finding {
  const from = createRequire(join(repositoryRoot, 'package.json'));
  const folderOf = (name: string): string => dirname(from.resolve(`${name}/package.json`));
  const missing = [
    ...(existsSync(join(folderOf('node'), 'bin', process.platform === 'win32' ? 'node.exe' : 'node')) ? [] : ['node']),
    ...(existsSync(join(repositoryRoot, 'node_modules', 'esbuild', 'bin', 'esbuild')) ? [] : ['esbuild']),
  ];
  return missing.length === 0
    ? fine('all that we need have run')
    : broken(`blocked for ${missing.join(', ')}`, `npm rebuild ${missing.join(' ')} (package.json names them under allowScripts)`);
}

async function postgres(): Promise<Finding> {
  if (process.env.DATABASE_URL) await requireDatabase(process.env.DATABASE_URL);
  return withDatabase(
    async ({ url }) => {
      const pool = openPool(url, 1);
      try {
        const { rows } = await pool.query<{ version: string }>("select current_setting('server_version') as version");
        return fine(`${rows[0]?.version} (${process.env.DATABASE_URL ? 'yours' : 'embedded'})`);
      } finally {
        await pool.end();
      }
    },
    { isMigrated: false },
  );
}

async function clock(): Promise<Finding> {
  return withDatabase(
    async ({ url }) => {
      const pool = openPool(url, 1);
      try {
        const { rows } = await pool.query<{ now: Date }>('select clock_timestamp() as now');
        const apartMs = Math.abs((rows[0]?.now.getTime() ?? 0) - Date.now());
        return apartMs <= CLOCK_LIMIT_MS
          ? fine(`agrees with the database's (${apartMs} ms apart)`)
          : broken(
              `${(apartMs / 1_000).toFixed(1)} s away from the database's`,
              'let both machines take their time from the same source (NTP)',
            );
      } finally {
        await pool.end();
      }
    },
    { isMigrated: false },
  );
}

async function disk(): Promise<Finding> {
  const home = existsSync(homeDirectory()) ? homeDirectory() : repositoryRoot;
  const { bavail, bsize } = await statfs(home);
  const free = (bavail * bsize) / GIB;
  const text = `${free.toFixed(1)} GB free in ${home}`;
  return free >= 2
    ? fine(text)
    : free >= 1
      ? slow(text, 'free some: the database grows with every simulated or imported year')
      : broken(text, 'free at least 1 GB, or set PROMOLIFT_HOME to a folder on another disk');
}

async function ports(): Promise<Finding> {
  const wanted = readPorts(process.env);
  const up = await runningUp(homeDirectory());
  if (up) return fine(`in use by the running product (process ${up.pid})`);
  const taken: string[] = [];
  for (const [name, port] of Object.entries(wanted)) if (!(await isFreePort(port))) taken.push(`${port} (${name})`);
  return taken.length === 0
    ? fine(`${Object.values(wanted).join(', ')} are free`)
    : broken(`taken by another program: ${taken.join(', ')}`, 'stop it, or set API_PORT, WORKER_PORT, BACKOFFICE_PORT or STOREFRONT_PORT');
}

async function tensorflow(): Promise<Finding> {
  const { backend, matmulGflops, lstmSequencesPerSecond, neuralCfSamplesPerSecond } = await measureBackend();
  const count = (value: number) => Math.round(value).toLocaleString('en');
  return fine(
    `${backend} backend: ${matmulGflops.toFixed(1)} GFLOP/s, LSTM ${count(lstmSequencesPerSecond)} sequences/s, neural CF ${count(neuralCfSamplesPerSecond)} samples/s`,
  );
}
