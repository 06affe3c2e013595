import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import type { Viewer } from '@/lib/viewer.ts';
import { ApiKeysQuery, AuditSubjectsQuery, PeopleQuery } from './staff.queries.ts';

/** What the filter offers; an action that is new to us is still listed, only not offered. */
export const auditActions = [
  'campaign.proposed',
  'campaign.created',
  'campaign.revised',
  'campaign.review-requested',
  'campaign.changes-requested',
  'campaign.approved',
  'campaign.rejected',
  'campaign.scheduled',
  'campaign.started',
  'campaign.paused',
  'campaign.resumed',
  'campaign.killed',
  'campaign.ended',
  'campaign.expired',
  'campaign.measured',
  'kill-switch.pressed',
  'kill-switch.released',
  'settings.updated',
  'shop-clock.advanced',
  'model.promoted',
  'model.rolled-back',
  'job.requested',
  'job.cancelled',
  'manager.created',
  'manager.updated',
  'manager.signed-in',
  'manager.password-changed',
  'api-key.created',
  'api-key.revoked',
  'codes.created',
  'codes.exported',
  'codes.revoked',
  'codes.guessed',
  'gift-card.issued',
  'points.adjusted',
  'user.exported',
  'user.erased',
] as const;
export const auditSubjects = ['campaign', 'model', 'job', 'manager', 'api-key', 'settings', 'user', 'account'] as const;

/** Names of what audit entries speak of, by id, as far as the viewer may see them. */
export async function subjectNames(viewer: Viewer): Promise<ReadonlyMap<string, string>> {
  const { f, name } = await reader();
  const [{ campaigns, models, jobs }, people, keys] = await Promise.all([
    query(AuditSubjectsQuery, {}),
    viewer.may('managers') ? query(PeopleQuery, {}) : null,
    viewer.may('apiKeys') ? query(ApiKeysQuery, {}) : null,
  ]);
  return new Map([
    ...campaigns.nodes.map((campaign) => [campaign.id, f.text(campaign.title)] as const),
    ...models.map((model) => [model.id, `${name('modelKind', model.kind)} v${model.version}`] as const),
    ...jobs.map((job) => [job.id, name('jobName', job.name)] as const),
    ...(people?.managers ?? []).map((manager) => [manager.id, manager.name] as const),
    ...(keys?.apiKeys ?? []).map((key) => [key.id, key.name] as const),
  ]);
}
