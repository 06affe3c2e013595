'use server';
import { redirect } from 'next/navigation';
import type { ActionState } from '@/lib/action.ts';
import { act, field, numberField } from '@/lib/action.ts';
import { query } from '@/lib/query.ts';
import { contentOf } from './campaign-content.ts';
import { CreateMutation, ReviseMutation } from './decisions.queries.ts';

/** Creates a campaign, or makes its next version where the form names one. */
export async function saveCampaign(_previous: ActionState, form: FormData): Promise<ActionState> {
  const state = await act(async () => {
    const content = contentOf(form);
    const id = field(form, 'id');
    const answer = id
      ? (await query(ReviseMutation, { input: { id, expectedVersion: numberField(form, 'version') ?? 0, content } })).reviseCampaign
      : (await query(CreateMutation, { input: { idempotencyKey: field(form, 'idempotencyKey'), content } })).createCampaign;
    return { userErrors: answer.userErrors, value: answer.campaign?.id };
  });
  return state.outcome === 'done' && state.value ? redirect(`/campaigns/${state.value}`) : state;
}
