import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);
const PROXY_NAMES = ['loopback', 'linklocal', 'uniquelocal'];

/** Everybody (`/0`) is not a proxy: any browser could say that it is another. */
function isProxy(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (bits === undefined) return PROXY_NAMES.includes(text) || version !== 0;
  return version !== 0 && rest.length === 0 && /^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
}

const key32 = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal characters (32 bytes)');

/** PostgreSQL ≥ 15. The start command supplies the embedded database's address when none is set. */
export const databaseEnv = { DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }) };
/** Optional: BullMQ runs on PostgreSQL until this names a Redis or Valkey. */
export const queueEnv = { REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional() };
/** Made per installation; `PSEUDONYM_KEY` keys pseudonyms and tracking tokens, `ENCRYPTION_KEY` the personal fields. */
export const secretsEnv = { PSEUDONYM_KEY: key32, ENCRYPTION_KEY: key32, HOLDOUT_SALT: z.string().min(16) };
export const loggingEnv = { LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info') };
export const modeEnv = { NODE_ENV: z.enum(['development', 'production', 'test']).default('production') };
/** Folder for uploads, reject files and state of this installation. */
export const filesEnv = { PROMOLIFT_HOME: z.string().min(1) };
export const apiEnv = {
  API_PORT: port.default(4000),
  /** PostgreSQL ends reads of a request after this many milliseconds; 0 = never. */
  STATEMENT_TIMEOUT_MS: z.coerce.number().int().min(0).max(600_000).default(2_000),
  METRICS_ALLOWED_FROM: z.enum(['local', 'anywhere']).default('local'),
  /** Whose `X-Forwarded-For` tells the browser's address: `loopback`, `linklocal`, `uniquelocal`, addresses and CIDR ranges, with commas. */
  TRUSTED_PROXIES: z
    .string()
    .default('loopback')
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every(isProxy), 'must be loopback, linklocal, uniquelocal, IP addresses or CIDR ranges, separated by commas'),
  /** Set, publishable keys may run only the documents of this file (made by the SDK's build). */
  SAFELIST_FILE: z.string().min(1).optional(),
};
export const workerEnv = { WORKER_PORT: port.default(4001), WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(2) };
export const backofficeEnv = { BACKOFFICE_PORT: port.default(3000), API_URL: z.url().default('http://localhost:4000') };
export const storefrontEnv = {
  STOREFRONT_PORT: port.default(3100),
  API_URL: z.url().default('http://localhost:4000'),
  STOREFRONT_KEY: z.string().min(20),
};

/** Reads `NAME_FILE` into `NAME` for the names asked, so that secrets can be mounted as files; other programs' `*_FILE` are not ours to open. */
function withFiles(names: readonly string[], source: Record<string, string | undefined>): Record<string, string | undefined> {
  const values = { ...source };
  for (const name of names) {
    const path = source[`${name}_FILE`];
    if (path && values[name] === undefined) values[name] = readFileSync(path, 'utf8').trim();
  }
  return values;
}

export class EnvError extends Error {
  constructor(problems: string[]) {
    super(`The environment is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'EnvError';
  }
}

/** Parses once at the start; throws `EnvError` that lists every problem at once. */
export function parseEnv<Shape extends z.ZodRawShape>(
  shape: Shape,
  source: Record<string, string | undefined> = process.env,
): z.infer<z.ZodObject<Shape>> {
  const parsed = z.object(shape).safeParse(withFiles(Object.keys(shape), source));
  if (parsed.success) return parsed.data;
  throw new EnvError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
}
