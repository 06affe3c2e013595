'use client';
import type { ReactNode } from 'react';
import { useActionState, useEffect, useRef } from 'react';
import { useFormStatus } from 'react-dom';
import type { ActionState } from '@/lib/action.ts';
import type { ButtonLook } from './button.tsx';
import { Button } from './button.tsx';
import { useReader } from './reader-provider.tsx';

export type FormAction = (previous: ActionState, form: FormData) => Promise<ActionState>;
export const IDLE: ActionState = { outcome: 'idle', problems: [] };

/** A form whose refusals are always shown. `onDone` runs once per success; `children` may draw what the action returned. */
export function ActionForm({
  action,
  children,
  className,
  onDone,
  done,
  label,
}: {
  action: FormAction;
  children: ReactNode;
  className?: string;
  onDone?: (state: ActionState) => void;
  /** Said after success; without it nothing is said. */
  done?: string;
  label?: string;
}) {
  const [state, submit] = useActionState(action, IDLE);
  const told = useRef<ActionState>(IDLE);
  useEffect(() => {
    if (state.outcome !== 'done' || told.current === state) return;
    told.current = state;
    onDone?.(state);
  }, [state, onDone]);
  return (
    <form action={submit} className={className} aria-label={label}>
      {children}
      <Problems problems={state.problems} />
      {done ? (
        <p role="status" className={state.outcome === 'done' ? 'col-span-full mt-2 text-sm text-gain' : 'sr-only'}>
          {state.outcome === 'done' ? done : ''}
        </p>
      ) : null}
    </form>
  );
}

export function Problems({ problems }: { problems: ActionState['problems'] }) {
  const { t } = useReader();
  if (problems.length === 0) return null;
  return (
    <div role="alert" className="col-span-full mt-3 rounded-md border border-loss bg-loss-soft px-3 py-2 text-sm text-loss">
      <p className="font-medium">{t('common.refused')}</p>
      <ul className="mt-1 list-disc pl-4">
        {problems.map((problem) => (
          <li key={`${problem.code}${problem.message}`}>
            {problem.field?.length ? `${problem.field.join('.')}: ` : ''}
            {problem.message} <span className="font-mono text-xs">({problem.code})</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function Submit({ children, look = 'primary', disabled = false }: { children: ReactNode; look?: ButtonLook; disabled?: boolean }) {
  const { pending } = useFormStatus();
  return (
    <Button type="submit" look={look} disabled={pending || disabled} aria-busy={pending}>
      {children}
    </Button>
  );
}
