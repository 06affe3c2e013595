import { CommandStop } from '../shared/command-stop.ts';
import type { Reproducible } from '../shared/installation-file.ts';

/** What `--still-at` asks for; null without it. Throws CommandStop where it has no place: its holdout can be foretold, so it must never meet real shoppers. */
export function reproducibleOf(
  { stillAt, isDemo, seed }: { stillAt: Date | null; isDemo: boolean; seed: number },
  databaseUrl: string | undefined,
): Reproducible | null {
  if (stillAt === null) return null;
  if (!isDemo || databaseUrl) throw new CommandStop('--still-at is for a simulated shop in the embedded database only.');
  return { seed, stillAt: stillAt.toISOString() };
}
