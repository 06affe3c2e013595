'use client';
import { ActionForm, Submit } from '@/ui/action-form.tsx';
import { Field } from '@/ui/field.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import { changePassword } from './session.actions.ts';

/** The manager's own password; React empties the fields after a success. */
export function PasswordForm() {
  const { t } = useReader();
  return (
    <ActionForm action={changePassword} done={t('password.done')} label={t('password.title')} className="grid gap-3 sm:grid-cols-2">
      <Field label={t('password.current')}>
        <input name="currentPassword" type="password" required autoComplete="current-password" className="control" />
      </Field>
      <Field label={t('password.next')} hint={t('password.hint')}>
        <input name="newPassword" type="password" required minLength={12} maxLength={200} autoComplete="new-password" className="control" />
      </Field>
      <div className="sm:col-span-2">
        <Submit look="plain">{t('password.title')}</Submit>
      </div>
    </ActionForm>
  );
}
