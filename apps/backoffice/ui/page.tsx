import type { ReactNode } from 'react';

/** Head of a screen: its question's answer first, actions at the right. */
export function PageHead({
  title,
  lead,
  actions,
  kicker,
}: {
  title: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  kicker?: ReactNode;
}) {
  return (
    <header className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 max-w-3xl">
        {kicker ? <div className="mb-1 text-xs text-muted">{kicker}</div> : null}
        <h1 className="text-2xl font-semibold tracking-tight break-words">{title}</h1>
        {lead ? <div className="mt-1 text-muted">{lead}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  );
}

export function Panel({
  title,
  aside,
  children,
  className = '',
  isFlush = false,
}: {
  title?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
  isFlush?: boolean;
}) {
  return (
    <section className={`min-w-0 rounded-lg border border-line bg-surface ${className}`}>
      {title ? (
        <div className="flex flex-wrap items-baseline justify-between gap-2 px-4 pt-3 pb-2">
          <h2 className="text-sm font-semibold">{title}</h2>
          {aside ? <div className="text-xs text-muted">{aside}</div> : null}
        </div>
      ) : null}
      <div className={isFlush ? '' : `px-4 pb-4 ${title ? '' : 'pt-4'}`}>{children}</div>
    </section>
  );
}

/** What this is, why it is empty, one button that fixes it. */
export function Empty({ title, why, action }: { title: string; why: string; action?: ReactNode }) {
  return (
    <div className="rounded-lg border border-dashed border-line-strong bg-surface px-6 py-10 text-center">
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="mx-auto mt-1 max-w-prose text-muted">{why}</p>
      {action ? <div className="mt-4 flex justify-center">{action}</div> : null}
    </div>
  );
}

const tones = {
  plain: 'bg-sunken text-ink',
  accent: 'bg-accent-soft text-accent',
  gain: 'bg-gain-soft text-gain',
  loss: 'bg-loss-soft text-loss',
  warn: 'bg-warn-soft text-warn',
} as const;
export type Tone = keyof typeof tones;
export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={`inline-flex items-center gap-1 rounded px-1.5 text-xs font-medium whitespace-nowrap ${tones[tone]}`}>{children}</span>
  );
}

/** Number first, then what it is, then its interval. */
export function Figure({
  label,
  value,
  detail,
  tone = 'plain',
  isLarge = false,
}: {
  label: ReactNode;
  value: ReactNode;
  detail?: ReactNode;
  tone?: 'plain' | 'gain' | 'loss';
  isLarge?: boolean;
}) {
  const colour = { plain: '', gain: 'text-gain', loss: 'text-loss' }[tone];
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className={`font-semibold ${isLarge ? 'text-2xl tracking-tight' : 'text-lg'} ${colour}`}>{value}</dd>
      {detail ? <dd className="text-xs text-muted">{detail}</dd> : null}
    </div>
  );
}
export function Figures({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-[repeat(auto-fit,minmax(9rem,1fr))]">{children}</dl>;
}

/** Two columns of facts: word and value. */
export function Facts({ rows }: { rows: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-4 gap-y-1.5">
      {rows.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Code({ children }: { children: ReactNode }) {
  return (
    <code
      className={`rounded bg-sunken px-1 font-mono text-xs ${typeof children === 'string' && children.length <= 16 ? 'whitespace-nowrap' : 'break-all'}`}
    >
      {children}
    </code>
  );
}
export function Key({ children }: { children: ReactNode }) {
  return <kbd className="rounded border border-line-strong bg-surface px-1.5 font-mono text-xs">{children}</kbd>;
}
export function Bar({ share, tone = 'accent', label }: { share: number; tone?: 'accent' | 'past' | 'warn' | 'loss'; label: string }) {
  const colour = { accent: 'bg-accent', past: 'bg-past', warn: 'bg-warn', loss: 'bg-loss' }[tone];
  const percent = Math.max(0, Math.min(100, share * 100));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(percent)}
      className="h-1.5 w-full overflow-hidden rounded-full bg-sunken"
    >
      <div className={`h-full rounded-full ${colour}`} style={{ width: `${percent}%` }} />
    </div>
  );
}
