import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { MeQuery as MeResult } from '@/generated/graphql.ts';
import { query, sessionToken } from './query.ts';
import { MeQuery, ShellQuery } from './shared.queries.ts';

export type Viewer = NonNullable<MeResult['me']> & { may(operation: string): boolean };

/** The signed-in manager or null; asked once per request. */
export const findViewer = cache(async (): Promise<Viewer | null> => {
  if (!(await sessionToken())) return null;
  const { me } = await query(MeQuery, {});
  return me ? { ...me, may: (operation) => me.allowedOperations.includes(operation) } : null;
});

/** Every page calls this first: no page relies on a check made elsewhere. */
export async function requireViewer(): Promise<Viewer> {
  return (await findViewer()) ?? redirect('/sign-in');
}

export const shopSettings = cache(async () => (await query(ShellQuery, {})).settings);
