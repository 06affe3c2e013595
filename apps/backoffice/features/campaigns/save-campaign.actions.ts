'use server';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import type { ActionState } from '@/lib/action.ts';
import { act, field, numberField } from '@/lib/action.ts';
import { query } from '@/lib/query.ts';
import { toInstant } from '@/lib/zoned-time.ts';
import { CreateMutation, ReviseMutation } from './decisions.queries.ts';

const Promotions = z.array(
  z.object({ kind: z.string(), rule: z.record(z.string(), z.unknown()), condition: z.unknown(), needsCode: z.boolean().optional() }),
);
const promotionsIn = (form: FormData, name: string) => Promotions.parse(JSON.parse(field(form, name) || '[]'));

/** Creates a campaign, or makes its next version where the form names one. */
export async function saveCampaign(_previous: ActionState, form: FormData): Promise<ActionState> {
  const timeZone = field(form, 'timeZone');
  const whole = (name: string) => {
    const value = numberField(form, name);
    return value === undefined ? null : Math.round(value);
  };
  const state = await act(async () => {
    const content = {
      name: field(form, 'name'),
      promotions: [
        ...promotionsIn(form, 'promotions').map((promotion) => ({ ...promotion, needsCode: form.get('needsCode') === 'on' })),
        ...promotionsIn(form, 'otherPromotions'),
      ],
      segmentKeys: form.getAll('segmentKeys').filter((key) => typeof key === 'string'),
      startsAt: toInstant(field(form, 'startsAt'), timeZone),
      endsAt: toInstant(field(form, 'endsAt'), timeZone),
      timeZone,
      budgetMinor: Math.round((numberField(form, 'budget') ?? 0) * (numberField(form, 'minor') ?? 100)),
      maxRedemptions: whole('maxRedemptions'),
      maxPerUser: whole('maxPerUser'),
      holdoutBasisPoints: Math.round((numberField(form, 'holdoutPercent') ?? 0) * 100),
      priority: whole('priority'),
      isExclusive: form.get('isExclusive') === 'on',
    };
    const id = field(form, 'id');
    const answer = id
      ? (await query(ReviseMutation, { input: { id, expectedVersion: numberField(form, 'version') ?? 0, content } })).reviseCampaign
      : (await query(CreateMutation, { input: { idempotencyKey: field(form, 'idempotencyKey'), content } })).createCampaign;
    return { userErrors: answer.userErrors, value: answer.campaign?.id };
  });
  return state.outcome === 'done' && state.value ? redirect(`/campaigns/${state.value}`) : state;
}
