import type { NextRequest } from 'next/server';
import { NextResponse } from 'next/server';
import { newSession, openSession, SESSION_COOKIE, SESSION_SECONDS, sealSession } from './lib/session.ts';

/** Security headers with a fresh nonce, a session for new visitors, and no writes from foreign pages. */
export function proxy(request: NextRequest) {
  if (request.method !== 'GET' && request.method !== 'HEAD' && !isFromHere(request))
    return new NextResponse('This request came from another site.', { status: 403 });

  const nonce = btoa(crypto.randomUUID());
  const policy = contentPolicy(nonce, process.env.NODE_ENV === 'development');
  const forwarded = new Headers(request.headers);
  forwarded.set('x-nonce', nonce);
  forwarded.set('content-security-policy', policy);
  const isNew = openSession(request.cookies.get(SESSION_COOKIE)?.value) === null;
  const sealed = isNew ? sealSession(newSession()) : '';
  if (isNew)
    forwarded.set(
      'cookie',
      [...request.cookies.getAll().filter(({ name }) => name !== SESSION_COOKIE), { name: SESSION_COOKIE, value: sealed }]
        .map(({ name, value }) => `${name}=${value}`)
        .join('; '),
    );

  const response = NextResponse.next({ request: { headers: forwarded } });
  if (isNew)
    response.cookies.set(SESSION_COOKIE, sealed, {
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      maxAge: SESSION_SECONDS,
      secure: process.env['STOREFRONT_HTTPS'] === 'true',
    });
  response.headers.set('content-security-policy', policy);
  response.headers.set('cache-control', 'no-store');
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('x-frame-options', 'DENY');
  response.headers.set('referrer-policy', 'same-origin');
  response.headers.set('cross-origin-opener-policy', 'same-origin');
  response.headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=()');
  return response;
}

function contentPolicy(nonce: string, isDevelopment: boolean): string {
  return [
    "default-src 'self'",
    // React evaluates code in development only.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    // The width of a progress bar is a style attribute; it can run nothing.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function isFromHere(request: NextRequest): boolean {
  const origin = request.headers.get('origin');
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
  if (!origin || !host || !URL.canParse(origin)) return false;
  return new URL(origin).host === host;
}

export const config = { matcher: [{ source: '/((?!_next/static|picture/|icon.svg).*)' }] };
