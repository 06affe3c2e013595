import { expect, test } from 'vitest';
import { actionsOf, keepsApproved, revisionState, statusUnderReview } from './revision.ts';
import { allowedActions, CAMPAIGN_STATUSES } from './states.ts';

const RUNNING = { status: 'live', version: 2, liveVersion: 2, areChangesRequested: false } as const;

test.each([
  ['the served version is the newest', {}, 'none', 'live'],
  ['a newer version waits beside a live one', { version: 3 }, 'in_review', 'in_review'],
  ['a newer version waits beside a paused one', { version: 3, status: 'paused' }, 'in_review', 'in_review'],
  ['a newer version waits beside a scheduled one', { version: 3, status: 'scheduled' }, 'in_review', 'in_review'],
  ['an approver wants it changed', { version: 3, areChangesRequested: true }, 'changes_requested', 'changes_requested'],
  ['changes were asked for before it was served', { areChangesRequested: true }, 'none', 'live'],
  ['nothing was served yet', { version: 3, liveVersion: null, status: 'draft' }, 'none', 'draft'],
  ['it is over', { version: 3, status: 'ended' }, 'none', 'ended'],
] as const)('%s', (_, change, state, status) => {
  const campaign = { ...RUNNING, ...change };
  expect([revisionState(campaign), statusUnderReview(campaign)]).toEqual([state, status]);
});

test('a running campaign may always be revised and stopped, whatever waits beside it', () => {
  for (const status of ['live', 'paused'] as const)
    for (const version of [2, 3])
      for (const areChangesRequested of [false, true])
        expect(actionsOf({ ...RUNNING, status, version, areChangesRequested })).toEqual(expect.arrayContaining(['revise', 'kill', 'end']));
});

test('a scheduled campaign may be revised, and its start and its end do not depend on what waits', () => {
  const scheduled = { ...RUNNING, status: 'scheduled' } as const;
  expect(actionsOf(scheduled)).toEqual(['start', 'kill', 'revise']);
  expect(actionsOf({ ...scheduled, version: 3 })).toEqual(['start', 'kill', 'revise', 'approve', 'request_changes', 'reject']);
});

test('only a revision in review can be approved', () => {
  expect(actionsOf(RUNNING)).not.toContain('approve');
  expect(actionsOf({ ...RUNNING, version: 3 })).toContain('approve');
  expect(actionsOf({ ...RUNNING, version: 3, areChangesRequested: true })).not.toContain('approve');
});

test('other campaigns have no second life', () => {
  for (const status of CAMPAIGN_STATUSES.filter((one) => !keepsApproved(one)))
    expect(actionsOf({ ...RUNNING, status, version: 3 })).toEqual(allowedActions(status));
});
