'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/ui/button.tsx';
import { Spark } from '@/ui/charts/spark.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Badge, Key } from '@/ui/page.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import { useKeys } from '@/ui/use-keys.ts';
import { rejectReasons } from './campaign-words.ts';
import type { InboxItem } from './inbox-item.ts';
import { DecisionToast, useGracedDecision } from './inbox-decision.tsx';

/** The review queue: `j k Enter a e r(+1–6) u`. A decision is sent after a short time to undo it. */
export function InboxList({ items }: { items: readonly InboxItem[] }) {
  const { t } = useReader();
  const router = useRouter();
  const [filter, setFilter] = useState('');
  const [at, setAt] = useState(0);
  const [isRejecting, setIsRejecting] = useState(false);
  const rows = useRef<HTMLOListElement>(null);
  const decision = useGracedDecision();
  const shown = items.filter(
    (item) =>
      item.id !== decision.pending?.item.id && `${item.title} ${item.offer} ${item.occasion}`.toLowerCase().includes(filter.toLowerCase()),
  );
  const index = Math.min(at, Math.max(0, shown.length - 1));
  const current = shown[index];

  const move = (to: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, to));
    setAt(next);
    setIsRejecting(false);
    rows.current?.querySelectorAll<HTMLAnchorElement>('a[data-row]')[next]?.focus();
  };
  const reject = (digit: number) => {
    const reason = rejectReasons[digit - 1];
    setIsRejecting(false);
    if (current && reason) decision.start({ item: current, step: 'reject', reasonCode: reason });
  };
  useKeys((key) => {
    if (key === 'u') return decision.undo();
    if (!current) return false;
    if (isRejecting && /^[1-6]$/.test(key)) reject(Number(key));
    else if (key === 'Escape') setIsRejecting(false);
    else if (key === 'j') move(index + 1);
    else if (key === 'k') move(index - 1);
    else if (key === 'Enter' && document.activeElement === document.body) router.push(`/campaigns/${current.id}`);
    else if (key === 'a' && current.mayApprove) decision.start({ item: current, step: 'approve' });
    else if (key === 'e') router.push(`/campaigns/${current.id}/edit`);
    else if (key === 'r' && current.mayReject) setIsRejecting(true);
    else return false;
    return true;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new filter drops the question
  useEffect(() => setIsRejecting(false), [filter]);

  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <input
          type="search"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          placeholder={t('inbox.filter')}
          aria-label={t('inbox.filter')}
          className="control max-w-72"
        />
        <p className="hidden items-center gap-1.5 text-xs text-muted lg:flex">
          <Key>j</Key>
          <Key>k</Key> {t('keys.move')} · <Key>Enter</Key> {t('keys.open')} · <Key>a</Key> {t('keys.approve')} · <Key>e</Key>{' '}
          {t('keys.edit')} · <Key>r</Key> {t('keys.reject')} · <Key>?</Key> {t('keys.help')}
        </p>
      </div>
      <ol ref={rows} className="overflow-hidden rounded-lg border border-line bg-surface" aria-label={t('inbox.list')}>
        {shown.map((item, row) => (
          <li
            key={item.id}
            className={`border-b border-line last:border-0 ${row === index ? 'bg-accent-soft/50 shadow-[inset_3px_0_0_var(--accent)]' : ''}`}
          >
            <Row item={item} onFocus={() => setAt(row)} />
            {row === index && isRejecting ? <RejectReasons onChoose={reject} onCancel={() => setIsRejecting(false)} /> : null}
          </li>
        ))}
        {shown.length === 0 ? <li className="p-6 text-center text-muted">{t('inbox.noneLeft')}</li> : null}
      </ol>
      <DecisionToast decision={decision} />
    </>
  );
}

function Row({ item, onFocus }: { item: InboxItem; onFocus: () => void }) {
  const { t } = useReader();
  return (
    <Link
      data-row
      href={`/campaigns/${item.id}`}
      onFocus={onFocus}
      className="grid gap-x-6 gap-y-2 px-4 py-3 -outline-offset-2 md:grid-cols-[minmax(0,1fr)_13rem_9rem_6rem] md:items-center"
    >
      <span className="min-w-0">
        <span className="block [&>*]:mr-2">
          <Icon name={item.origin === 'ai' ? 'ai' : 'person'} size={16} className="inline-block align-[-3px] text-muted" />
          <span className="font-semibold">{item.title}</span>
          <Badge>{item.occasion}</Badge>
          {item.status === 'changes_requested' ? <Badge tone="warn">{t('status.changes_requested')}</Badge> : null}
        </span>
        <span className="mt-0.5 block">
          {item.offer} · {item.when} · {item.audience}
        </span>
        {item.reason ? (
          <span className="mt-0.5 block text-xs text-muted">
            {t('inbox.why')}: {item.reason}
          </span>
        ) : null}
      </span>
      <span>
        <span className={`block text-lg font-semibold ${item.isLoss ? 'text-loss' : 'text-gain'}`}>
          {item.gain} <span className="text-xs font-normal">{t('word.margin')}</span>
        </span>
        {item.interval ? <span className="block text-xs text-muted">80%: {item.interval}</span> : null}
      </span>
      <span className="text-xs">
        <span className="block text-muted">{t('inbox.costUpTo', { cost: item.cost })}</span>
        {item.failed.length > 0 ? (
          <span className="mt-0.5 flex items-start gap-1 text-loss">
            <Icon name="warn" size={14} /> <span className="line-clamp-3">{item.failed.join(', ')}</span>
          </span>
        ) : (
          <span className="mt-0.5 flex items-center gap-1 text-gain">
            <Icon name="check" size={14} /> {t('inbox.checksPassed', { count: item.checks })}
          </span>
        )}
      </span>
      <span className="max-md:hidden">
        <Spark values={item.withOffer} baseline={item.without} />
      </span>
    </Link>
  );
}

function RejectReasons({ onChoose, onCancel }: { onChoose: (digit: number) => void; onCancel: () => void }) {
  const { t } = useReader();
  return (
    <fieldset className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-3">
      <legend className="sr-only">{t('reject.title')}</legend>
      <span className="text-muted">{t('reject.title')}</span>
      {rejectReasons.map((reason, index) => (
        <Button key={reason} onClick={() => onChoose(index + 1)}>
          <Key>{index + 1}</Key> {t(`reason.${reason}`)}
        </Button>
      ))}
      <Button look="quiet" onClick={onCancel}>
        {t('common.cancel')}
      </Button>
    </fieldset>
  );
}
