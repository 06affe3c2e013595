import { describe, expect, test } from 'vitest';
import { ROLES } from '../shared/roles.ts';
import { isAllowed } from '../staff/permissions.ts';
import type { ApprovalRequest } from './approval.ts';
import { approvalHash, decideApproval, isFullyApproved } from './approval.ts';
import { CampaignContent } from './campaign-content.ts';

const content = CampaignContent.parse({
  name: 'Ten off snacks',
  promotions: [{ id: 'p1', rule: { kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'all' } } }],
  audience: { segmentKeys: 'all' },
  schedule: { startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-01-08T00:00:00Z', timeZone: 'Europe/Berlin' },
  budget: { budgetMinor: 500_000, currency: 'EUR' },
});
const signed = { content, modelVersions: { demand: '3' }, evidence: { margin: 12 } };
const HASH = approvalHash(signed);

function aRequest(
  changes: {
    campaign?: Partial<ApprovalRequest['campaign']>;
    actor?: ApprovalRequest['actor'];
    seen?: ApprovalRequest['seen'];
    earlier?: ApprovalRequest['earlier'];
  } = {},
): ApprovalRequest {
  return {
    campaign: {
      status: 'in_review',
      version: 2,
      hash: HASH,
      authorIds: ['ana'],
      budgetMinor: 500_000,
      currency: 'EUR',
      ...changes.campaign,
    },
    actor: changes.actor ?? { kind: 'manager', managerId: 'ben', role: 'approver' },
    seen: changes.seen ?? { version: 2, hash: HASH },
    earlier: changes.earlier ?? [],
    settings: { twoApproverBudgetMinor: 500_000, currency: 'EUR' },
  };
}

const kindOf = (request: ApprovalRequest) => {
  const result = decideApproval(request);
  return result.ok ? result.value.status : result.refusal.kind;
};

describe('decideApproval', () => {
  test('an approver who is not the author approves the version that was seen', () => {
    expect(decideApproval(aRequest())).toEqual({
      ok: true,
      value: { approval: { managerId: 'ben', version: 2, hash: HASH }, status: 'approved', approversNeeded: 1, approversMissing: 0 },
    });
  });

  test.each([
    ['AI', aRequest({ actor: { kind: 'ai' } }), 'ai-may-not-approve'],
    ['the author, even as admin', aRequest({ actor: { kind: 'manager', managerId: 'ana', role: 'admin' } }), 'author-may-not-approve'],
    ['an analyst', aRequest({ actor: { kind: 'manager', managerId: 'ben', role: 'analyst' } }), 'role-may-not-approve'],
    ['an old version', aRequest({ seen: { version: 1, hash: HASH } }), 'stale-version'],
    ['another hash', aRequest({ seen: { version: 2, hash: 'f'.repeat(64) } }), 'stale-version'],
    ['a draft', aRequest({ campaign: { status: 'draft' } }), 'wrong-status'],
    ['an approved campaign', aRequest({ campaign: { status: 'approved' } }), 'wrong-status'],
    [
      'a manager with a second vote',
      aRequest({ campaign: { budgetMinor: 500_001 }, earlier: [{ managerId: 'ben', version: 2, hash: HASH }] }),
      'already-approved-by-you',
    ],
  ])('%s is refused', (_, request, kind) => {
    expect(kindOf(request)).toBe(kind);
  });

  test('the budget limit itself needs one approver, one unit more needs two', () => {
    expect(kindOf(aRequest({ campaign: { budgetMinor: 500_000 } }))).toBe('approved');
    expect(kindOf(aRequest({ campaign: { budgetMinor: 500_001 } }))).toBe('in_review');
    expect(kindOf(aRequest({ campaign: { budgetMinor: 500_001 }, earlier: [{ managerId: 'cleo', version: 2, hash: HASH }] }))).toBe(
      'approved',
    );
  });

  test('a budget in another currency needs two', () => {
    expect(kindOf(aRequest({ campaign: { budgetMinor: 1, currency: 'JPY' } }))).toBe('in_review');
  });

  test('votes for an earlier version, another hash or by the author do not count', () => {
    const campaign = { budgetMinor: 500_001 };
    expect(kindOf(aRequest({ campaign, earlier: [{ managerId: 'cleo', version: 1, hash: HASH }] }))).toBe('in_review');
    expect(kindOf(aRequest({ campaign, earlier: [{ managerId: 'cleo', version: 2, hash: 'old' }] }))).toBe('in_review');
    expect(kindOf(aRequest({ campaign, earlier: [{ managerId: 'ana', version: 2, hash: HASH }] }))).toBe('in_review');
  });

  test('nobody wrote an AI proposal, so any approver may approve it', () => {
    expect(kindOf(aRequest({ campaign: { authorIds: [] } }))).toBe('approved');
  });

  test('the roles that may approve are those of the permission table', () => {
    for (const role of ROLES) {
      const mayByTable = isAllowed({ kind: 'manager', managerId: 'ben', role }, 'approveCampaign');
      expect(decideApproval(aRequest({ actor: { kind: 'manager', managerId: 'ben', role } })).ok).toBe(mayByTable);
    }
  });
});

test('before going live the same approvals are counted again', () => {
  const { campaign, settings } = aRequest({ campaign: { budgetMinor: 500_001 } });
  const vote = (managerId: string, hash = HASH) => ({ managerId, version: 2, hash });
  expect(isFullyApproved(campaign, [vote('ben'), vote('cleo')], settings)).toBe(true);
  expect(isFullyApproved(campaign, [vote('ben'), vote('ben')], settings)).toBe(false);
  expect(isFullyApproved(campaign, [vote('ben'), vote('cleo', 'old')], settings)).toBe(false);
});

describe('approvalHash', () => {
  test('is SHA-256 in hex and does not depend on the order of keys', () => {
    expect(HASH).toMatch(/^[0-9a-f]{64}$/);
    expect(
      approvalHash({
        evidence: signed.evidence,
        modelVersions: signed.modelVersions,
        content: CampaignContent.parse(JSON.parse(JSON.stringify(content))),
      }),
    ).toBe(HASH);
  });

  test.each([
    [
      'a rule',
      {
        ...signed,
        content: {
          ...content,
          promotions: [{ id: 'p1', rule: { kind: 'percent_off', basisPoints: 1_001, scope: { kind: 'all' } } }],
        } as CampaignContent,
      },
    ],
    ['the audience', { ...signed, content: { ...content, audience: { segmentKeys: ['loyal'] } } }],
    ['the schedule', { ...signed, content: { ...content, schedule: { ...content.schedule, endsAt: '2026-01-08T00:00:01Z' } } }],
    ['the budget', { ...signed, content: { ...content, budget: { ...content.budget, budgetMinor: 500_001 } } }],
    ['the holdout', { ...signed, content: { ...content, holdoutBasisPoints: 999 } }],
    ['a model version', { ...signed, modelVersions: { demand: '4' } }],
    ['the evidence', { ...signed, evidence: { margin: 13 } }],
  ])('changes with %s', (_, changed) => {
    expect(approvalHash(changed)).not.toBe(HASH);
  });
});

describe('CampaignContent', () => {
  const input = JSON.parse(JSON.stringify(content)) as Record<string, unknown>;
  test.each([
    ['end before start', { schedule: { ...content.schedule, endsAt: '2025-12-31T00:00:00Z' } }],
    ['end at start', { schedule: { ...content.schedule, endsAt: content.schedule.startsAt } }],
    ['no promotion', { promotions: [] }],
    ['a promotion twice', { promotions: [content.promotions[0], content.promotions[0]] }],
    ['101 percent', { promotions: [{ id: 'p', rule: { kind: 'percent_off', basisPoints: 10_100, scope: { kind: 'all' } } }] }],
    ['minus 5 percent', { promotions: [{ id: 'p', rule: { kind: 'percent_off', basisPoints: -500, scope: { kind: 'all' } } }] }],
    ['NaN percent', { promotions: [{ id: 'p', rule: { kind: 'percent_off', basisPoints: Number.NaN, scope: { kind: 'all' } } }] }],
    ['percent as text', { promotions: [{ id: 'p', rule: { kind: 'percent_off', basisPoints: '50', scope: { kind: 'all' } } }] }],
    ['no budget', { budget: { budgetMinor: 0, currency: 'EUR' } }],
  ])('%s is refused', (_, change) => {
    expect(CampaignContent.safeParse({ ...input, ...change }).success).toBe(false);
  });
});
