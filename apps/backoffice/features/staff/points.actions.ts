'use server';
import { z } from 'zod';
import type { UpdateSettingsInput } from '@/generated/graphql.ts';
import type { ActionState } from '@/lib/action.ts';
import { act, field, numberField } from '@/lib/action.ts';
import { query } from '@/lib/query.ts';
import { UpdateSettingsMutation } from './staff.queries.ts';

const Rates = z.array(z.object({ currency: z.string(), pointsPerMinor: z.int() }));

const change = (form: FormData, changes: Omit<UpdateSettingsInput, 'expectedVersion'>): Promise<ActionState> =>
  act(
    async () =>
      (await query(UpdateSettingsMutation, { input: { expectedVersion: numberField(form, 'version') ?? 0, ...changes } })).updateSettings,
  );

/** What points are worth and how long they live; the other settings stay. */
export async function updatePointsSettings(_previous: ActionState, form: FormData): Promise<ActionState> {
  return change(form, {
    pointsRates: Rates.parse(JSON.parse(field(form, 'pointsRates'))),
    returnWindowDays: numberField(form, 'returnWindowDays') ?? null,
    pointsExpireDays: numberField(form, 'pointsExpireDays') ?? null,
  });
}

/** Which ideas become proposals; the other settings stay. */
export async function updateProposalSettings(_previous: ActionState, form: FormData): Promise<ActionState> {
  const gainPercent = numberField(form, 'gainPercent');
  return change(form, {
    minimumGainProbabilityBasisPoints: gainPercent === undefined ? null : Math.round(gainPercent * 100),
    minimumSegmentSize: numberField(form, 'segmentSize') ?? null,
    maxWindowDays: numberField(form, 'windowDays') ?? null,
    proposalTtlDays: numberField(form, 'expireDays') ?? null,
  });
}
