import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { env } from './env.ts';

export type CartLine = { sku: string; quantity: number };
/** Everything the shop knows of one visitor. It lives in a signed cookie; the server keeps nothing. */
export type Session = {
  anonymousId: string;
  /** The shop's own number of the shopper; null for a guest. */
  userId: string | null;
  lines: CartLine[];
  codes: string[];
  /** Tracking tokens of recommendations and offers that led to the cart. */
  tokens: string[];
  /** Idempotency key of the next order; its number follows from it. */
  checkoutKey: string;
  /** Numbers of the orders placed in this session, newest first. */
  orders: string[];
};

export const SESSION_COOKIE = 'marigold';
export const SESSION_SECONDS = 30 * 86_400;
// A cookie holds 4 kB.
const MAX_LINES = 30;
const MAX_QUANTITY = 99;
const MAX_CODES = 3;
const MAX_TOKENS = 3;
const MAX_ORDERS = 8;

export const newCheckoutKey = () => randomBytes(12).toString('hex');
export const newSession = (): Session => ({
  anonymousId: `web-${randomBytes(10).toString('hex')}`,
  userId: null,
  lines: [],
  codes: [],
  tokens: [],
  checkoutKey: newCheckoutKey(),
  orders: [],
});
export const orderNumberOf = (checkoutKey: string) => `MG-${checkoutKey.slice(0, 10).toUpperCase()}`;
export const unitsIn = ({ lines }: Session) => lines.reduce((sum, { quantity }) => sum + quantity, 0);

const signingKey = () => createHash('sha256').update(`marigold session ${env.storefrontKey}`).digest();
const signatureOf = (body: string) => createHmac('sha256', signingKey()).update(body).digest('base64url');

export function sealSession(session: Session): string {
  const kept: Session = {
    ...session,
    lines: session.lines
      .filter(({ quantity }) => quantity > 0)
      .slice(0, MAX_LINES)
      .map(({ sku, quantity }) => ({ sku, quantity: Math.min(quantity, MAX_QUANTITY) })),
    codes: session.codes.slice(0, MAX_CODES),
    tokens: session.tokens.filter((token) => token.length < 200).slice(0, MAX_TOKENS),
    orders: session.orders.slice(0, MAX_ORDERS),
  };
  const body = Buffer.from(JSON.stringify(kept)).toString('base64url');
  return `${body}.${signatureOf(body)}`;
}

/** Null for anything we did not sign ourselves; what we signed has the shape we gave it. */
export function openSession(cookie: string | undefined): Session | null {
  const [body, signature] = cookie?.split('.') ?? [];
  if (!body || !signature) return null;
  const expected = Buffer.from(signatureOf(body));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
  const session: Partial<Session> = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
  return { ...newSession(), ...session };
}
