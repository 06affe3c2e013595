import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { CommandStop, codeOf } from './command-stop.ts';

const SignIn = z.object({
  email: z.string(),
  name: z.string(),
  role: z.enum(['viewer', 'analyst', 'approver', 'admin']),
  password: z.string(),
});
export type SignIn = z.infer<typeof SignIn>;

const SimulatedShop = z.object({
  seed: z.int(),
  users: z.int(),
  products: z.int(),
  startDate: z.iso.datetime(),
  days: z.int(),
  isFilled: z.boolean(),
});
export type SimulatedShop = z.infer<typeof SimulatedShop>;

/** The same seed and time give the same shop, ids, proposals and holdout. `stillAt`: where the shop's clock stands until days are simulated. */
const Reproducible = z.object({ seed: z.int(), stillAt: z.iso.datetime() });
export type Reproducible = z.infer<typeof Reproducible>;

const InstallationFile = z.object({
  secrets: z.object({ PSEUDONYM_KEY: z.string(), ENCRYPTION_KEY: z.string(), HOLDOUT_SALT: z.string() }),
  signIns: z.array(SignIn).min(1),
  keys: z.object({ publishable: z.string().nullable(), secret: z.string().nullable() }),
  /** The shop the simulator plays; null where the data is somebody's own. */
  simulatedShop: SimulatedShop.nullable(),
  /** Set for tests only; null where chance is chance. */
  reproducible: Reproducible.nullable().default(null),
});
export type InstallationFile = z.infer<typeof InstallationFile>;

const pathIn = (home: string): string => join(home, 'installation.json');

/** What this installation made once: secrets, sign-ins, storefront keys. Made at the first call, kept at mode 600. */
export async function openInstallationFile(home: string, reproducible: Reproducible | null = null): Promise<InstallationFile> {
  const kept = await readInstallationFile(home);
  if (kept && reproducible && !isDeepStrictEqual(kept.reproducible, reproducible))
    throw new CommandStop(`${home} holds an installation already; --still-at is for a new one.`);
  if (kept) return kept;
  const made = makeInstallation(reproducible);
  await saveInstallationFile(home, made);
  return made;
}

/** Undefined before the first start. */
export async function readInstallationFile(home: string): Promise<InstallationFile | undefined> {
  const text = await readFile(pathIn(home), 'utf8').catch((fault: unknown) => {
    if (codeOf(fault) === 'ENOENT') return undefined;
    throw fault;
  });
  if (text === undefined) return undefined;
  try {
    return InstallationFile.parse(JSON.parse(text));
  } catch (cause) {
    throw new CommandStop(`${pathIn(home)} cannot be read; put its backup back, or move the whole folder ${home} away to begin anew.`, {
      cause,
    });
  }
}

/** Replaces the file in one step, so that a kill leaves the old or the new one whole. */
export async function saveInstallationFile(home: string, installation: InstallationFile): Promise<void> {
  await mkdir(home, { recursive: true });
  const draft = `${pathIn(home)}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(installation, null, 2)}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, pathIn(home));
}

const hexKey = (): string => randomBytes(32).toString('hex');
const password = (): string => randomBytes(12).toString('base64url');

/** Two approvers, because a large campaign needs two and an author never approves their own. */
function makeInstallation(reproducible: Reproducible | null): InstallationFile {
  const holdoutSalt = reproducible
    ? createHash('sha256').update(`holdout of seed ${reproducible.seed}`).digest('hex').slice(0, 32)
    : randomBytes(16).toString('hex');
  return {
    secrets: { PSEUDONYM_KEY: hexKey(), ENCRYPTION_KEY: hexKey(), HOLDOUT_SALT: holdoutSalt },
    signIns: [
      { email: 'ana@marigold.example', name: 'Ana', role: 'approver', password: password() },
      { email: 'bo@marigold.example', name: 'Bo', role: 'approver', password: password() },
      { email: 'admin@marigold.example', name: 'Admin', role: 'admin', password: password() },
    ],
    keys: { publishable: null, secret: null },
    simulatedShop: null,
    reproducible,
  };
}
