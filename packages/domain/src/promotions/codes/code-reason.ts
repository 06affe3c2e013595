import type { LocalizedText } from '../../shared/text.ts';
import type { CodeOutcome, RejectedPromotion } from '../live-promotion.ts';
import { publicReason, UNKNOWN_CODE } from '../rejection-reason.ts';

/** Why a code that is ours unlocks nothing, whatever the cart. */
export const CODE_REASONS = {
  CODE_OF_ANOTHER: { en: 'This code belongs to another shopper.', zh: '该优惠码属于其他顾客。' },
  CODE_REVOKED: { en: 'This code was withdrawn.', zh: '该优惠码已作废。' },
  CODE_STOPPED: { en: 'The offer of this code was stopped.', zh: '该优惠码对应的优惠已停止。' },
  CODE_EXPIRED: { en: 'This code has expired.', zh: '该优惠码已过期。' },
  CODE_NOT_STARTED: { en: 'This code is not valid yet.', zh: '该优惠码尚未生效。' },
  CODE_USED_UP: { en: 'This code has been used as often as it may be.', zh: '该优惠码已达使用次数上限。' },
} as const satisfies Record<string, LocalizedText>;
export type CodeReason = keyof typeof CODE_REASONS;

const isCodeReason = (reason: string): reason is CodeReason => Object.hasOwn(CODE_REASONS, reason);

/** A code that somebody else owns, or that was withdrawn, looks to a shopper like one that never was: its existence is nobody's business. */
const LIKE_UNKNOWN: ReadonlySet<string> = new Set<CodeReason>(['CODE_OF_ANOTHER', 'CODE_REVOKED']);

export type PublicCodeOutcome = Omit<CodeOutcome, 'reason'> & { readonly reason: CodeOutcome['reason'] | 'NOT_AVAILABLE' };

/** What a shopper may hear of a code they typed, of a cart that did not get these promotions. */
export function publicCodeOutcome(outcome: CodeOutcome, rejected: readonly RejectedPromotion[]): PublicCodeOutcome {
  const { code, reason } = outcome;
  if (reason === null || (isCodeReason(reason) && !LIKE_UNKNOWN.has(reason))) return outcome;
  if (isCodeReason(reason)) return { code, status: 'UNKNOWN', promotionId: null, reason: null, message: UNKNOWN_CODE };
  const against = rejected.find(({ promotionId }) => promotionId === outcome.promotionId);
  return { ...outcome, ...publicReason({ ...against, reason, message: outcome.message }) };
}

/** Does what became of a typed code look like a guess? Codes that were good once do not. */
export const isWrongCode = ({ status, reason }: Pick<CodeOutcome, 'status' | 'reason'>): boolean =>
  status === 'UNKNOWN' || reason === 'CODE_OF_ANOTHER';
