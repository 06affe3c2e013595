'use server';
import { z } from 'zod';
import type { ActionState, Outcome } from '@/lib/action.ts';
import { act, field } from '@/lib/action.ts';
import { query } from '@/lib/query.ts';
import {
  ApproveMutation,
  KillAllMutation,
  KillMutation,
  MeasureMutation,
  PauseMutation,
  ProposeMutation,
  RejectMutation,
  ReleaseKillSwitchMutation,
  RequestChangesMutation,
  RequestReviewMutation,
  ResumeMutation,
  ScheduleMutation,
} from './decisions.queries.ts';
import type { CampaignStep } from './campaign-words.ts';

const version = (form: FormData) => z.coerce.number().int().parse(field(form, 'version'));
const target = (form: FormData) => ({ id: field(form, 'id'), expectedVersion: version(form) });
type Run = (form: FormData) => Promise<Outcome>;

const steps: Record<CampaignStep, Run> = {
  approve: async (form) =>
    (await query(ApproveMutation, { input: { ...target(form), contentHash: field(form, 'contentHash') } })).approveCampaign,
  reject: async (form) =>
    (
      await query(RejectMutation, {
        input: { ...target(form), reasonCode: field(form, 'reasonCode'), comment: field(form, 'comment') || null },
      })
    ).rejectCampaign,
  requestChanges: async (form) =>
    (await query(RequestChangesMutation, { input: { ...target(form), comment: field(form, 'comment') } })).requestChanges,
  requestReview: async (form) => (await query(RequestReviewMutation, { input: target(form) })).requestReview,
  schedule: async (form) => (await query(ScheduleMutation, { input: target(form) })).scheduleCampaign,
  pause: async (form) => (await query(PauseMutation, { input: target(form) })).pauseCampaign,
  resume: async (form) => (await query(ResumeMutation, { input: target(form) })).resumeCampaign,
  kill: async (form) => (await query(KillMutation, { id: field(form, 'id') })).killCampaign,
};

export const approve = async (_previous: ActionState, form: FormData): Promise<ActionState> => act(() => steps.approve(form));
export const reject = async (_previous: ActionState, form: FormData): Promise<ActionState> => act(() => steps.reject(form));
export const requestChanges = async (_previous: ActionState, form: FormData): Promise<ActionState> => act(() => steps.requestChanges(form));
export const requestReview = async (_previous: ActionState, form: FormData): Promise<ActionState> => act(() => steps.requestReview(form));
export const schedule = async (_previous: ActionState, form: FormData): Promise<ActionState> => act(() => steps.schedule(form));
export const pause = async (_previous: ActionState, form: FormData): Promise<ActionState> => act(() => steps.pause(form));
export const resume = async (_previous: ActionState, form: FormData): Promise<ActionState> => act(() => steps.resume(form));
export const kill = async (_previous: ActionState, form: FormData): Promise<ActionState> => act(() => steps.kill(form));

export const killAll = async (): Promise<ActionState> => act(async () => (await query(KillAllMutation, {})).killAllCampaigns);
export const releaseKillSwitch = async (): Promise<ActionState> =>
  act(async () => (await query(ReleaseKillSwitchMutation, {})).releaseKillSwitch);

export async function propose(_previous: ActionState, form: FormData): Promise<ActionState> {
  return act(async () => {
    const { userErrors, job } = (await query(ProposeMutation, { idempotencyKey: field(form, 'idempotencyKey') })).proposeCampaigns;
    return { userErrors, value: job?.id };
  });
}
export async function measure(_previous: ActionState, form: FormData): Promise<ActionState> {
  return act(async () => {
    const { userErrors, job } = (await query(MeasureMutation, { id: field(form, 'id') })).measureCampaign;
    return { userErrors, value: job?.id };
  });
}
