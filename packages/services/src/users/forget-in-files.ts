import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deps } from '../shared/deps.ts';

/**
 * Removes every upload and reject file that no unfinished import needs: both quote cells of the shop's exports, and no
 * row says for sure whose it is.
 */
export async function forgetInFiles({ sql, homeDirectory }: Pick<Deps, 'sql' | 'homeDirectory'>): Promise<void> {
  const { rows } = await sql.query<{ path: string; rejects: string }>(
    "select options ->> 'path' as path, id || '.csv' as rejects from imports where status in ('requested', 'running')",
  );
  const needed = new Set(rows.flatMap(({ path, rejects }) => [path, join(homeDirectory, 'rejects', rejects)]));
  for (const folder of ['uploads', 'rejects'])
    for (const name of await readdir(join(homeDirectory, folder)).catch(() => [])) {
      const path = join(homeDirectory, folder, name);
      // A part is an upload that is still arriving.
      if (!needed.has(path) && !name.endsWith('.part')) await rm(path, { force: true });
    }
  await sql.query("update imports set rejects_path = null where status not in ('requested', 'running')");
}
