import {
  Cart,
  type CartEvaluation,
  evaluateCart,
  CODE_REASONS,
  type CodeReason,
  FAILINGS,
  REJECTION_REASONS,
  type RejectionReason,
} from '@promolift/domain';
import { expect, test } from 'vitest';
import type { Actor } from '../shared/deps.ts';
import { whyNot } from './reserve-refusal.ts';

const key = (keyKind: 'storefront_publishable' | 'storefront_secret'): Actor => ({
  kind: 'key',
  id: 'k',
  name: 'k',
  principal: { kind: 'key', apiKeyId: 'k', keyKind },
});
const NOTHING = evaluateCart(Cart.parse({ currency: 'EUR', lines: [] }), [], {
  now: new Date(0),
  user: { key: null, segmentKeys: [] },
  settings: { maxDepthBasisPoints: 10_000, marginFloorBasisPoints: 0, rounding: 'half-even' },
});
const failingOf = (reason: RejectionReason) => {
  const { what, required, actual } = FAILINGS[reason];
  return { failing: what, required, actual };
};
const rejectedFor = (reason: RejectionReason, codeReason: CodeReason | null): CartEvaluation => {
  const promotion = { promotionId: 'p', campaignId: 'c', campaignVersion: 1, kind: 'percent_off', code: null } as const;
  const codes = codeReason
    ? [{ code: 'X', status: 'REJECTED', promotionId: 'p', reason: codeReason, message: CODE_REASONS[codeReason] } as const]
    : [];
  return { ...NOTHING, codes, rejected: [{ ...promotion, reason, ...failingOf(reason), message: REJECTION_REASONS[reason] }] };
};

test.each<[RejectionReason, CodeReason | null, string, string]>([
  ['BELOW_THRESHOLD', null, 'BELOW_THRESHOLD', 'BELOW_THRESHOLD'],
  ['HELD_OUT', null, 'HELD_OUT', 'NOT_AVAILABLE'],
  ['CODE_REQUIRED', null, 'CODE_REQUIRED', 'CODE_REQUIRED'],
  ['CODE_REQUIRED', 'CODE_USED_UP', 'CODE_USED_UP', 'CODE_USED_UP'],
  ['CODE_REQUIRED', 'CODE_OF_ANOTHER', 'CODE_OF_ANOTHER', 'CODE_REQUIRED'],
  ['CODE_REQUIRED', 'CODE_REVOKED', 'CODE_REVOKED', 'CODE_REQUIRED'],
  ['HELD_OUT', 'CODE_USED_UP', 'HELD_OUT', 'NOT_AVAILABLE'],
])('%s with the code %s is %s to the shop and %s to a browser', (reason, codeReason, toShop, toBrowser) => {
  const evaluation = rejectedFor(reason, codeReason);
  expect(whyNot(evaluation, 'p', key('storefront_secret')).kind).toBe(toShop);
  expect(whyNot(evaluation, 'p', key('storefront_publishable')).kind).toBe(toBrowser);
  if (codeReason === 'CODE_REVOKED' || codeReason === 'CODE_OF_ANOTHER') {
    const ofNoCode = whyNot(rejectedFor(reason, null), 'p', key('storefront_publishable'));
    expect(whyNot(evaluation, 'p', key('storefront_publishable'))).toEqual(ofNoCode);
  }
  expect(whyNot(evaluation, 'other', key('storefront_secret')).kind).toBe('NOT_LIVE');
});
