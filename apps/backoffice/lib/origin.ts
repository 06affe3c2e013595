import { headers } from 'next/headers';
import { ApiFault } from './query.ts';
import { isSameOrigin } from './same-origin.ts';

export async function assertSameOrigin(): Promise<void> {
  const sent = await headers();
  if (!isSameOrigin(sent.get('origin'), sent.get('x-forwarded-host') ?? sent.get('host')))
    throw new ApiFault('FOREIGN_ORIGIN', 'The request came from another site.');
}
