'use client';
import type { ReactNode } from 'react';
import { useId, useRef } from 'react';
import type { FormAction } from './action-form.tsx';
import { ActionForm, Submit } from './action-form.tsx';
import type { ButtonLook } from './button.tsx';
import { Button } from './button.tsx';
import { useReader } from './reader-provider.tsx';

/** A button that asks before it acts. `children` are the fields of the question (hidden inputs, a reason). */
export function Confirm({
  label,
  title,
  text,
  confirm,
  action,
  look = 'plain',
  children,
}: {
  label: ReactNode;
  title: string;
  text: string;
  confirm: string;
  action: FormAction;
  look?: ButtonLook;
  children?: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const { t } = useReader();
  return (
    <>
      <Button look={look} onClick={() => dialog.current?.showModal()}>
        {label}
      </Button>
      <dialog
        ref={dialog}
        aria-labelledby={titleId}
        className="w-[min(30rem,calc(100vw-2rem))] rounded-lg border border-line bg-surface p-5 text-left whitespace-normal"
      >
        <h2 id={titleId} className="text-lg font-semibold">
          {title}
        </h2>
        <p className="mt-1 text-muted">{text}</p>
        <ActionForm action={action} className="mt-4" onDone={() => dialog.current?.close()}>
          <div className="flex flex-col gap-3">{children}</div>
          <div className="mt-4 flex justify-end gap-2">
            <Button onClick={() => dialog.current?.close()}>{t('common.cancel')}</Button>
            <Submit look={look === 'danger' ? 'danger' : 'primary'}>{confirm}</Submit>
          </div>
        </ActionForm>
      </dialog>
    </>
  );
}
