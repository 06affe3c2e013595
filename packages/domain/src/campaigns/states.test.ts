import { expect, test } from 'vitest';
import type { CampaignAction, CampaignStatus } from './states.ts';
import { allowedActions, CAMPAIGN_ACTIONS, CAMPAIGN_STATUSES, isFinal, isServing, transition } from './states.ts';

/** Columns in the order of CAMPAIGN_ACTIONS; `.` = refused. Written by hand from the plan, not from the code. */
const EXPECTED: Record<CampaignStatus, string> = {
  //                  revise request_review request_changes reject approve schedule start pause resume end kill measure expire
  draft: 'draft in_review . . . . . . . . . . expired',
  in_review: 'draft . changes_requested rejected approved . . . . . . . expired',
  changes_requested: 'draft . . rejected . . . . . . . . expired',
  rejected: '. . . . . . . . . . . . .',
  approved: 'draft . . . . scheduled . . . . ended . expired',
  scheduled: '. . . . . . live . . . ended . .',
  live: '. . . . . . . paused . ended ended . .',
  paused: '. . . . . . . . live ended ended . .',
  ended: '. . . . . . . . . . . measured .',
  measured: '. . . . . . . . . . . . .',
  expired: '. . . . . . . . . . . . .',
};

const cells = CAMPAIGN_STATUSES.flatMap((status) => {
  const row = EXPECTED[status].split(' ');
  return CAMPAIGN_ACTIONS.map((action, index): [CampaignStatus, CampaignAction, string] => [status, action, row[index] ?? 'missing']);
});

test.each(cells)('%s × %s → %s', (status, action, expected) => {
  const result = transition(status, action);
  if (expected !== '.') expect(result).toEqual({ ok: true, value: expected });
  else expect(result).toMatchObject({ ok: false, refusal: { kind: 'wrong-status', status, action } });
});

test('only approval leads to approved, and only approved leads to live', () => {
  for (const status of CAMPAIGN_STATUSES) {
    for (const action of allowedActions(status)) {
      const next = transition(status, action);
      if (next.ok && next.value === 'approved') expect([status, action]).toEqual(['in_review', 'approve']);
      if (next.ok && next.value === 'scheduled') expect(status).toBe('approved');
      if (next.ok && next.value === 'live') expect(['scheduled', 'paused']).toContain(status);
    }
  }
});

test('rejected, measured and expired are final; only live is served', () => {
  expect(CAMPAIGN_STATUSES.filter(isFinal)).toEqual(['rejected', 'measured', 'expired']);
  expect(CAMPAIGN_STATUSES.filter(isServing)).toEqual(['live']);
});
