import { AppError } from '@promolift/domain';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Throws BAD_USER_INPUT unless `id` is a UUID: PostgreSQL would answer a malformed one with a fault of ours. */
export function requireUuid(id: string, field = 'id'): string {
  if (UUID.test(id)) return id.toLowerCase();
  throw new AppError('BAD_USER_INPUT', `${field} must be a UUID`, { field: [field] });
}
