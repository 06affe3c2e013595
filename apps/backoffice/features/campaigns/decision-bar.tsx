'use client';
import { useRouter } from 'next/navigation';
import type { FormAction } from '@/ui/action-form.tsx';
import { Confirm } from '@/ui/confirm.tsx';
import { Field, SelectField } from '@/ui/field.tsx';
import { Code } from '@/ui/page.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import { useKeys } from '@/ui/use-keys.ts';
import { approve, kill, pause, reject, requestChanges, requestReview, resume, schedule } from './campaign.actions.ts';
import type { CampaignStep } from './campaign-words.ts';
import { isAllowed, rejectReasons, shortHash } from './campaign-words.ts';

interface DecisionBarProps {
  readonly id: string;
  readonly version: number;
  readonly contentHash: string;
  readonly allowedActions: readonly string[];
  readonly approvalsNeeded: number;
  readonly approvalsGiven: number;
  readonly cap: string;
}
const actions: Record<CampaignStep, FormAction> = { approve, reject, requestChanges, requestReview, schedule, pause, resume, kill };
const order: readonly CampaignStep[] = ['approve', 'requestChanges', 'reject', 'requestReview', 'schedule', 'pause', 'resume', 'kill'];
const open = (step: string) => document.querySelector<HTMLButtonElement>(`[data-step="${step}"] button`)?.click();

/** Always in view: what may be decided now, and what an approval covers. */
export function DecisionBar(props: DecisionBarProps) {
  const { t } = useReader();
  const router = useRouter();
  const allowed = order.filter((step) => isAllowed(props, step));
  useKeys((key) => {
    if (key === 'a' && allowed.includes('approve')) open('approve');
    else if (key === 'r' && allowed.includes('reject')) open('reject');
    else if (key === 'e') router.push(`/campaigns/${props.id}/edit`);
    else return false;
    return true;
  });
  return (
    <section
      aria-label={t('decision.label')}
      className="sticky top-0 z-20 -mx-4 mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 border-y border-line bg-surface px-4 py-2 shadow-sm md:-mx-8 md:px-8"
    >
      <div className="flex flex-wrap gap-2">
        {allowed.map((step) => (
          <Step key={step} step={step} {...props} />
        ))}
      </div>
      <p className="min-w-0 flex-1 text-xs text-muted max-sm:hidden">
        {allowed.includes('approve') ? (
          <>
            {t('decision.covers', { version: props.version })} <Code>{shortHash(props.contentHash)}</Code>{' '}
            {t('decision.cap', { cap: props.cap })}
            {props.approvalsNeeded > 1 ? ` ${t('decision.needed', { given: props.approvalsGiven, needed: props.approvalsNeeded })}` : ''}
          </>
        ) : allowed.length === 0 ? (
          t('decision.none')
        ) : (
          t('decision.version', { version: props.version })
        )}
      </p>
    </section>
  );
}

function Step({ step, id, version, contentHash, cap }: DecisionBarProps & { step: CampaignStep }) {
  const { t } = useReader();
  return (
    <div data-step={step}>
      <Confirm
        look={
          step === 'approve' || step === 'schedule' || step === 'requestReview'
            ? 'primary'
            : step === 'reject' || step === 'kill'
              ? 'danger'
              : 'plain'
        }
        label={t(`step.${step}`)}
        title={t(`stepTitle.${step}`)}
        text={t(`stepText.${step}`, { version, hash: shortHash(contentHash), cap })}
        confirm={t(`step.${step}`)}
        action={actions[step]}
      >
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="version" value={version} />
        {step === 'approve' ? <input type="hidden" name="contentHash" value={contentHash} /> : null}
        {step === 'reject' ? (
          <SelectField
            label={t('reject.title')}
            name="reasonCode"
            options={rejectReasons.map((reason) => [reason, t(`reason.${reason}`)] as const)}
          />
        ) : null}
        {step === 'reject' || step === 'requestChanges' ? (
          <Field label={t('decision.comment')}>
            <textarea name="comment" className="control" required={step === 'requestChanges'} maxLength={2000} />
          </Field>
        ) : null}
      </Confirm>
    </div>
  );
}
