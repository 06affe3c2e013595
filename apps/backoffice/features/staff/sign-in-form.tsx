'use client';
import { ActionForm, Submit } from '@/ui/action-form.tsx';
import { Field } from '@/ui/field.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import { signIn } from './session.actions.ts';

export function SignInForm() {
  const { t } = useReader();
  return (
    <ActionForm action={signIn} className="flex flex-col gap-4">
      <Field label={t('signIn.email')}>
        <input name="email" type="email" required autoComplete="username" className="control" />
      </Field>
      <Field label={t('signIn.password')}>
        <input name="password" type="password" required autoComplete="current-password" className="control" />
      </Field>
      <Submit>{t('signIn.submit')}</Submit>
    </ActionForm>
  );
}
