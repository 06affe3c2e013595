'use server';
import { z } from 'zod';
import type { ActionState } from '@/lib/action.ts';
import { act, field, numberField } from '@/lib/action.ts';
import { query } from '@/lib/query.ts';
import {
  AdvanceClockMutation,
  CreateApiKeyMutation,
  CreateManagerMutation,
  RevokeApiKeyMutation,
  UpdateManagerMutation,
  UpdateSettingsMutation,
} from './staff.queries.ts';

const Role = z.enum(['viewer', 'analyst', 'approver', 'admin']);
const PriceLaw = z.enum(['off', 'warn', 'refuse']);
const scaled = (form: FormData, name: string, factor: number) => {
  const value = numberField(form, name);
  return value === undefined ? null : Math.round(value * factor);
};

/** Percentages arrive as percent and money in major units, as people write them. */
export async function updateSettings(_previous: ActionState, form: FormData): Promise<ActionState> {
  const minor = 10 ** (numberField(form, 'digits') ?? 2);
  return act(
    async () =>
      (
        await query(UpdateSettingsMutation, {
          input: {
            expectedVersion: numberField(form, 'version') ?? 0,
            currency: field(form, 'currency').toUpperCase() || null,
            timeZone: field(form, 'timeZone') || null,
            marginFloorBasisPoints: scaled(form, 'marginFloorPercent', 100),
            maxDepthBasisPoints: scaled(form, 'maxDepthPercent', 100),
            holdoutBasisPoints: scaled(form, 'holdoutPercent', 100),
            twoApproverBudgetMinor: scaled(form, 'twoApproverBudget', minor),
            proposalBudgetMinor: scaled(form, 'proposalBudget', minor),
            priceLaw: PriceLaw.parse(field(form, 'priceLaw')),
            announcesNewProducts: field(form, 'announcesNewProducts') === 'true',
          },
        })
      ).updateSettings,
  );
}
export async function advanceClock(_previous: ActionState, form: FormData): Promise<ActionState> {
  return act(async () => (await query(AdvanceClockMutation, { days: numberField(form, 'days') ?? 1 })).advanceShopClock);
}
export async function createApiKey(_previous: ActionState, form: FormData): Promise<ActionState> {
  return act(async () => {
    const { userErrors, token } = (
      await query(CreateApiKeyMutation, { name: field(form, 'name'), kind: field(form, 'kind') === 'secret' ? 'secret' : 'publishable' })
    ).createApiKey;
    return { userErrors, value: token };
  });
}
export async function revokeApiKey(_previous: ActionState, form: FormData): Promise<ActionState> {
  return act(async () => (await query(RevokeApiKeyMutation, { id: field(form, 'id') })).revokeApiKey);
}
export async function createManager(_previous: ActionState, form: FormData): Promise<ActionState> {
  return act(
    async () =>
      (
        await query(CreateManagerMutation, {
          input: {
            email: field(form, 'email'),
            name: field(form, 'name'),
            password: field(form, 'password'),
            role: Role.parse(field(form, 'role')),
          },
        })
      ).createManager,
  );
}
export async function updateManager(_previous: ActionState, form: FormData): Promise<ActionState> {
  return act(
    async () =>
      (
        await query(UpdateManagerMutation, {
          input: { id: field(form, 'id'), role: Role.parse(field(form, 'role')), isDisabled: form.get('isDisabled') === 'on' },
        })
      ).updateManager,
  );
}
