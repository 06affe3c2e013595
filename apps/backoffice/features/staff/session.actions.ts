'use server';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ActionState } from '@/lib/action.ts';
import { act, field } from '@/lib/action.ts';
import { LOCALE_COOKIE, SESSION_COOKIE, THEME_COOKIE, toLocale, toTheme } from '@/lib/cookies.ts';
import { query } from '@/lib/query.ts';
import { ChangePasswordMutation, SignInMutation, SignOutMutation } from './staff.queries.ts';

const YEAR_S = 365 * 86_400;

/** Secure where the browser reached us over TLS; a plain-http installation on localhost must still be able to sign in. */
async function isTls(): Promise<boolean> {
  return (await headers()).get('x-forwarded-proto') === 'https';
}

export async function signIn(_previous: ActionState, form: FormData): Promise<ActionState> {
  const state = await act(async () => {
    const { signIn: answer } = await query(SignInMutation, { email: field(form, 'email'), password: field(form, 'password') });
    if (answer.token) {
      const jar = await cookies();
      const cookie = { httpOnly: true, sameSite: 'lax', secure: await isTls(), path: '/' } as const;
      jar.set(SESSION_COOKIE, answer.token, { ...cookie, ...(answer.expiresAt ? { expires: new Date(answer.expiresAt) } : {}) });
      if (answer.manager && !jar.has(LOCALE_COOKIE)) jar.set(LOCALE_COOKIE, toLocale(answer.manager.locale), { ...cookie, maxAge: YEAR_S });
    }
    return { userErrors: answer.userErrors };
  });
  return state.outcome === 'done' ? redirect('/') : state;
}

export async function signOut(_previous: ActionState): Promise<ActionState> {
  const state = await act(async () => {
    const { signOut: answer } = await query(SignOutMutation, {});
    (await cookies()).delete(SESSION_COOKIE);
    return { userErrors: answer.userErrors };
  });
  return state.outcome === 'done' ? redirect('/sign-in') : state;
}

/** The passwords go as they were typed: blanks at their ends count. */
export async function changePassword(_previous: ActionState, form: FormData): Promise<ActionState> {
  const typed = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  return act(
    async () =>
      (await query(ChangePasswordMutation, { input: { currentPassword: typed('currentPassword'), newPassword: typed('newPassword') } }))
        .changePassword,
  );
}

/** Language and theme of this browser. */
export async function setPreferences(_previous: ActionState, form: FormData): Promise<ActionState> {
  return act(async () => {
    const cookie = { httpOnly: true, sameSite: 'lax', secure: await isTls(), path: '/', maxAge: YEAR_S } as const;
    const jar = await cookies();
    if (form.has('locale')) jar.set(LOCALE_COOKIE, toLocale(field(form, 'locale')), cookie);
    if (form.has('theme')) jar.set(THEME_COOKIE, toTheme(field(form, 'theme')), cookie);
    return { userErrors: [] };
  });
}
