import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Changes whenever a migration does; names template databases and caches made from the schema. */
export async function schemaFingerprint(): Promise<string> {
  const names = (await readdir(import.meta.dirname)).filter((name) => /^m\d+.*\.ts$/.test(name)).sort();
  const hash = createHash('sha256');
  for (const name of names) hash.update(name).update(await readFile(join(import.meta.dirname, name)));
  return hash.digest('hex').slice(0, 12);
}
