import { headers } from 'next/headers';
import { ApiFault } from './query.ts';

/** True when `origin` names the host the request was sent to. A missing Origin is refused: every browser sends it with a POST. */
export function isSameOrigin(origin: string | null, host: string | null): boolean {
  if (!origin || !host || !URL.canParse(origin)) return false;
  return new URL(origin).host === host;
}

export async function assertSameOrigin(): Promise<void> {
  const sent = await headers();
  if (!isSameOrigin(sent.get('origin'), sent.get('x-forwarded-host') ?? sent.get('host'))) throw new ApiFault('FOREIGN_ORIGIN', 'The request came from another site.');
}
