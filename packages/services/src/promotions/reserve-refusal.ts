import { type CartEvaluation, publicCodeOutcome, publicReason, type Refusal } from '@promolift/domain';
import { isPublishable } from '../shared/actor.ts';
import type { Actor } from '../shared/deps.ts';

/** Why a cart did not get this promotion: what its code lacks, if that is the reason; to a browser's key only what a shopper may hear. */
export function whyNot(evaluation: CartEvaluation, promotionId: string, actor: Actor): Refusal {
  const isPublic = isPublishable(actor);
  const field = ['promotionId'];
  const rejected = evaluation.rejected.find((step) => step.promotionId === promotionId);
  if (!rejected) return { kind: 'NOT_LIVE', message: 'There is no such live promotion.', field };
  const code = evaluation.codes.find((outcome) => outcome.status === 'REJECTED' && outcome.promotionId === promotionId);
  const heard = code && (isPublic ? publicCodeOutcome(code, evaluation.rejected) : code);
  // A code that looks like none to a browser is answered as none is.
  if (rejected.reason === 'CODE_REQUIRED' && heard?.reason)
    return { kind: heard.reason, message: heard.message.en, field: ['cart', 'codes'] };
  const { reason, message } = isPublic ? publicReason(rejected) : rejected;
  return { kind: reason, message: message.en, field };
}
