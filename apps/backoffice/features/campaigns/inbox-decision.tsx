'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ActionState } from '@/lib/action.ts';
import { IDLE, Problems } from '@/ui/action-form.tsx';
import { Button } from '@/ui/button.tsx';
import { Key } from '@/ui/page.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import { approve, reject } from './campaign.actions.ts';
import type { InboxItem } from './inbox-item.ts';

/** Long enough to read the note and press `u`; a page left earlier decides nothing. */
const GRACE_MS = 6_000;

type Pending = { readonly item: InboxItem } & ({ readonly step: 'approve' } | { readonly step: 'reject'; readonly reasonCode: string });

async function send(pending: Pending): Promise<ActionState> {
  const form = new FormData();
  form.set('id', pending.item.id);
  form.set('version', String(pending.item.version));
  if (pending.step === 'approve') {
    form.set('contentHash', pending.item.contentHash);
    return approve(IDLE, form);
  }
  form.set('reasonCode', pending.reasonCode);
  return reject(IDLE, form);
}

/** One decision waits at a time; starting the next sends the one before. */
export function useGracedDecision() {
  const [pending, setPending] = useState<Pending | null>(null);
  const [answer, setAnswer] = useState<ActionState>(IDLE);
  const waiting = useRef<Pending | null>(null);

  const commit = useCallback(async () => {
    const decided = waiting.current;
    if (!decided) return;
    waiting.current = null;
    setAnswer(await send(decided));
    setPending((shown) => (shown === decided ? null : shown));
  }, []);
  useEffect(() => {
    if (!pending) return;
    const timer = setTimeout(() => void commit(), GRACE_MS);
    return () => clearTimeout(timer);
  }, [pending, commit]);

  return {
    pending,
    answer,
    start(next: Pending) {
      void commit();
      waiting.current = next;
      setAnswer(IDLE);
      setPending(next);
    },
    undo(): boolean {
      if (!waiting.current) return false;
      waiting.current = null;
      setPending(null);
      return true;
    },
    commit,
  };
}

export function DecisionToast({ decision }: { decision: ReturnType<typeof useGracedDecision> }) {
  const { t } = useReader();
  const { pending, answer } = decision;
  return (
    <div className="fixed inset-x-4 bottom-4 z-40 mx-auto max-w-xl" role="status" aria-live="polite">
      {pending ? (
        <div className="flex flex-wrap items-center gap-3 rounded-lg border border-line-strong bg-surface px-4 py-3 shadow-lg">
          <span className="min-w-0 flex-1">
            {t(pending.step === 'approve' ? 'inbox.approving' : 'inbox.rejecting', { title: pending.item.title })}
          </span>
          <Button onClick={() => decision.undo()}>
            {t('keys.undo')} <Key>u</Key>
          </Button>
          <Button look="quiet" onClick={() => void decision.commit()}>
            {t('inbox.sendNow')}
          </Button>
        </div>
      ) : null}
      <Problems problems={answer.problems} />
    </div>
  );
}
