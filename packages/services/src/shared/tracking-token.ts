import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secrets } from './deps.ts';

export type TrackedDecision = { decisionId: string; policy: string; decidedAt: Date };

const sign = (key: Buffer, body: string): string => createHmac('sha256', key).update(`tracking:${body}`).digest('base64url').slice(0, 22);

/** Ties what a shopper does later to the decision that was shown; holds no personal data. */
export function trackingToken({ pseudonymKey }: Pick<Secrets, 'pseudonymKey'>, { decisionId, policy, decidedAt }: TrackedDecision): string {
  const body = Buffer.from(JSON.stringify([decisionId, policy, decidedAt.getTime()])).toString('base64url');
  return `${body}.${sign(pseudonymKey, body)}`;
}

/** Null for a token that this installation did not make. */
export function readTrackingToken({ pseudonymKey }: Pick<Secrets, 'pseudonymKey'>, token: string): TrackedDecision | null {
  const [body = '', signature = ''] = token.split('.');
  const expected = Buffer.from(sign(pseudonymKey, body));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
  const [decisionId, policy, atMs] = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
  return { decisionId, policy, decidedAt: new Date(atMs) };
}
