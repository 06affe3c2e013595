'use server';
import { z } from 'zod';
import type { ActionState } from '@/lib/action.ts';
import { act, field, numberField } from '@/lib/action.ts';
import { query } from '@/lib/query.ts';
import {
  CancelJobMutation,
  ImportDataMutation,
  PreviewImportQuery,
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
    const variables = { idempotencyKey: field(form, 'idempotencyKey'), acceptData: field(form, 'acceptData') === 'true' };
    const { userErrors, job } = (await query(TrainModelsMutation, variables)).trainModels;
    return { userErrors, value: job?.id };
  });
}
export async function cancelJob(_previous: ActionState, form: FormData): Promise<ActionState> {
  return act(async () => (await query(CancelJobMutation, { id: field(form, 'id') })).cancelJob);
}

const Mapping = z.record(z.string(), z.unknown());

/** What importData and previewImport both want to know. */
function sourceOf(form: FormData) {
  const marginPercent = numberField(form, 'assumedMarginPercent');
  const mapping = Mapping.safeParse(parseJson(field(form, 'mapping')));
  return {
    uploadId: field(form, 'uploadId'),
    currency: field(form, 'currency').toUpperCase() || null,
    timeZone: field(form, 'timeZone') || null,
    assumedMarginBasisPoints: marginPercent === undefined ? null : Math.round(marginPercent * 100),
    assumeConsent: field(form, 'assumeConsent') === 'on',
    mapping: mapping.success ? mapping.data : null,
  };
}

export async function importData(_previous: ActionState, form: FormData): Promise<ActionState> {
  return act(async () => {
    const { userErrors, job } = (
      await query(ImportDataMutation, {
        input: {
          ...sourceOf(form),
          idempotencyKey: field(form, 'idempotencyKey'),
          format: field(form, 'format'),
          fileName: field(form, 'fileName') || null,
        },
      })
    ).importData;
    return { userErrors, value: job?.id };
  });
}

/** A dry run of the first rows; `value` is the preview as JSON. */
export async function previewImport(form: FormData): Promise<ActionState> {
  return act(async () => {
    const { preview, userErrors } = (
      await query(PreviewImportQuery, { input: { ...sourceOf(form), format: field(form, 'format') || null } })
    ).previewImport;
    return { userErrors, value: preview ? JSON.stringify(preview) : null };
  });
}
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
