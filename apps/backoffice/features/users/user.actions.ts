'use server';
import type { ActionState } from '@/lib/action.ts';
import { act, field } from '@/lib/action.ts';
import { query } from '@/lib/query.ts';
import { EraseUserMutation } from './users.queries.ts';

export async function eraseUser(_previous: ActionState, form: FormData): Promise<ActionState> {
  return act(async () => (await query(EraseUserMutation, { externalId: field(form, 'externalId') })).eraseUser);
}
