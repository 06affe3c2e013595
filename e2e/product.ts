import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const START_LIMIT_MS = 420_000;
const STOP_LIMIT_MS = 15_000;

type SignIn = { email: string; password: string; role: 'viewer' | 'analyst' | 'approver' | 'admin' };
export type Product = {
  urls: { api: string; backoffice: string; storefront: string };
  /** The sign-ins of this installation; two approvers and an admin. */
  signIns: SignIn[];
  keys: { publishable: string; secret: string };
  home: string;
  /** Runs a command of the CLI on this installation and gives what it printed; rejects when it fails. */
  command: (...args: string[]) => Promise<string>;
  stop: () => Promise<void>;
};

export type ProductOptions = {
  home?: string;
  users?: number;
  products?: number;
  days?: number;
  /** Every start with the same seed, sizes and time gives the same shop, proposals and holdout. */
  stillAt?: string;
  ports?: { api: number; worker: number; backoffice: number; storefront: number };
};

/** Starts the product as `npm start` does, on a home and ports of its own with a smaller shop, and waits until it greets. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'promolift e2e ')));
  const [api = 0, worker = 0, backoffice = 0, storefront = 0] = options.ports ? Object.values(options.ports) : await freePorts(4);
  const { DATABASE_URL: _database, REDIS_URL: _redis, ...outer } = process.env;
  const environment = {
    ...outer,
    PROMOLIFT_HOME: home,
    API_PORT: String(api),
    WORKER_PORT: String(worker),
    BACKOFFICE_PORT: String(backoffice),
    STOREFRONT_PORT: String(storefront),
    NODE_ENV: 'production',
  };
  const size = [
    '--users',
    String(options.users ?? 600),
    '--products',
    String(options.products ?? 120),
    '--days',
    String(options.days ?? 240),
    ...(options.stillAt ? ['--still-at', options.stillAt] : []),
  ];
  const child = spawn(process.execPath, ['apps/cli/src/main.ts', 'up', ...size], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await gone;
    clearTimeout(timer);
    if (options.home === undefined) await rm(home, { recursive: true, force: true });
  };
  try {
    await greeted(child);
  } catch (fault) {
    await stop();
    throw fault;
  }
  const file = JSON.parse(await readFile(join(home, 'installation.json'), 'utf8')) as { signIns: SignIn[]; keys: Product['keys'] };
  return {
    urls: { api: `http://localhost:${api}`, backoffice: `http://localhost:${backoffice}`, storefront: `http://localhost:${storefront}` },
    signIns: file.signIns,
    keys: file.keys,
    home,
    stop,
    command: (...args) => runCommand(args, environment),
  };
}

function greeted(child: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(
      () => reject(new Error(`The product did not start within ${START_LIMIT_MS / 1_000} s:\n${output}`)),
      START_LIMIT_MS,
    );
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes('Sign in to the backoffice') && output.includes('Ctrl-C stops everything')) {
        clearTimeout(timer);
        resolve();
      }
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The product ended with code ${code} before it greeted:\n${output}`));
    });
  });
}

function runCommand(args: readonly string[], environment: Record<string, string | undefined>): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['apps/cli/src/main.ts', ...args], {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    child.once('exit', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`promolift ${args.join(' ')} ended with code ${code}:\n${output}`)),
    );
  });
}

/** Ports that nobody listens on; all held at once, so that no two are the same. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer();
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  return Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) => {
          const address = server.address();
          const port = address && typeof address === 'object' ? address.port : 0;
          server.close(() => resolve(port));
        }),
    ),
  );
}
