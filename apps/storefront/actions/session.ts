import { cookies } from 'next/headers';
import { SESSION_COOKIE, SESSION_SECONDS, sealSession, type Session } from '@/lib/session.ts';
import { readSession } from '@/lib/shop.ts';

const isHttps = () => process.env['STOREFRONT_HTTPS'] === 'true';

/** Reads the visitor's session, changes it and seals it again. */
export async function changeSession(change: (session: Session) => Session): Promise<Session> {
  const changed = change(await readSession());
  (await cookies()).set(SESSION_COOKIE, sealSession(changed), {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    maxAge: SESSION_SECONDS,
    secure: isHttps(),
  });
  return changed;
}

/** A form's field as short text; anything else counts as empty. */
export function textOf(form: FormData, name: string, maxLength = 80): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim().slice(0, maxLength) : '';
}
