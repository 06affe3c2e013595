import type { Role } from '@promolift/domain';
import type { Pool } from 'pg';
import type { Actor } from '../shared/deps.ts';
import { hashToken, KEY_PREFIXES, SESSION_PREFIX } from './tokens.ts';

export type Authenticated = { actor: Actor; sessionId: string | null };

export const ANONYMOUS: Actor = { kind: 'anonymous', principal: { kind: 'anonymous' }, name: 'anonymous' };

/**
 * Who sends this bearer token, or null when it is unknown, expired, revoked, or its manager is disabled. Read anew at every
 * request, so that a disabled manager or a changed role counts at the next one. Sessions run on wall time, not on a demo shop's clock.
 */
export async function authenticate(sql: Pool, token: string): Promise<Authenticated | null> {
  if (token.length > 100) return null;
  if (token.startsWith(SESSION_PREFIX)) return bySession(sql, token);
  if (token.startsWith(KEY_PREFIXES.publishable) || token.startsWith(KEY_PREFIXES.secret)) return byKey(sql, token);
  return null;
}

async function bySession(sql: Pool, token: string): Promise<Authenticated | null> {
  const { rows } = await sql.query<{ session_id: string; id: string; name: string; role: Role }>(
    `select s.id as session_id, m.id, m.name, m.role from sessions s join managers m on m.id = s.manager_id
     where s.token_hash = $1 and s.revoked_at is null and s.expires_at > now() and m.disabled_at is null`,
    [hashToken(token)],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    actor: { kind: 'manager', id: row.id, name: row.name, principal: { kind: 'manager', managerId: row.id, role: row.role } },
    sessionId: row.session_id,
  };
}

async function byKey(sql: Pool, token: string): Promise<Authenticated | null> {
  const { rows } = await sql.query<{ id: string; name: string; kind: 'publishable' | 'secret' }>(
    'select id, name, kind from api_keys where key_hash = $1 and revoked_at is null',
    [hashToken(token)],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    actor: { kind: 'key', id: row.id, name: row.name, principal: { kind: 'key', apiKeyId: row.id, keyKind: `storefront_${row.kind}` } },
    sessionId: null,
  };
}
