'use server';
import { z } from 'zod';
import type { ActionState } from '@/lib/action.ts';
import { act, field, numberField } from '@/lib/action.ts';
import { query } from '@/lib/query.ts';
import {
  CancelJobMutation,
  ImportDataMutation,
  PromoteModelMutation,
  RollbackModelMutation,
  TrainModelsMutation,
} from './models.queries.ts';

export async function promoteModel(_previous: ActionState, form: FormData): Promise<ActionState> {
  return act(async () => (await query(PromoteModelMutation, { id: field(form, 'id') })).promoteModel);
}
export async function rollbackModel(_previous: ActionState, form: FormData): Promise<ActionState> {
  return act(async () => (await query(RollbackModelMutation, { kind: field(form, 'kind') })).rollbackModel);
}
export async function trainModels(_previous: ActionState, form: FormData): Promise<ActionState> {
  return act(async () => {
    const { userErrors, job } = (await query(TrainModelsMutation, { idempotencyKey: field(form, 'idempotencyKey') })).trainModels;
    return { userErrors, value: job?.id };
  });
}
export async function cancelJob(_previous: ActionState, form: FormData): Promise<ActionState> {
  return act(async () => (await query(CancelJobMutation, { id: field(form, 'id') })).cancelJob);
}

const Mapping = z.record(z.string(), z.unknown());

export async function importData(_previous: ActionState, form: FormData): Promise<ActionState> {
  const text = field(form, 'mapping');
  const mapping = text === '' ? null : Mapping.safeParse(parseJson(text));
  if (mapping && !mapping.success)
    return {
      outcome: 'refused',
      problems: [{ message: 'The mapping is not a JSON object.', code: 'INVALID_MAPPING', field: ['mapping'] }],
    };
  const marginPercent = numberField(form, 'assumedMarginPercent');
  return act(async () => {
    const { userErrors, job } = (
      await query(ImportDataMutation, {
        input: {
          idempotencyKey: field(form, 'idempotencyKey'),
          format: field(form, 'format'),
          uploadId: field(form, 'uploadId'),
          currency: field(form, 'currency').toUpperCase() || null,
          timeZone: field(form, 'timeZone') || null,
          assumedMarginBasisPoints: marginPercent === undefined ? null : Math.round(marginPercent * 100),
          mapping: mapping?.data ?? null,
        },
      })
    ).importData;
    return { userErrors, value: job?.id };
  });
}
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
