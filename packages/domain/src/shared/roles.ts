/** Each role may do what the ones before it may. */
export const ROLES = ['viewer', 'analyst', 'approver', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const KEY_KINDS = ['storefront_publishable', 'storefront_secret'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** Who is asking. */
export type Principal =
  | { readonly kind: 'manager'; readonly managerId: string; readonly role: Role }
  | { readonly kind: 'key'; readonly apiKeyId: string; readonly keyKind: KeyKind }
  | { readonly kind: 'anonymous' };

export const isAtLeast = (role: Role, least: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(least);
