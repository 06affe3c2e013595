'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { READER_COOKIE, readReader } from '@/lib/reader.ts';
import { changeSession, textOf } from './session.ts';

const YEAR_SECONDS = 365 * 86_400;

/** The cart stays; what belongs to a person (orders, codes, exposures) does not. */
export async function switchShopper(form: FormData): Promise<void> {
  const userId = textOf(form, 'userId') || null;
  await changeSession((now) => ({ ...now, userId, codes: [], tokens: [], orders: [] }));
  redirect('/');
}

export async function chooseReader(form: FormData): Promise<void> {
  const now = await readReader();
  const locale = textOf(form, 'locale') || now.locale;
  const theme = textOf(form, 'theme') || now.theme;
  (await cookies()).set(READER_COOKIE, `${locale === 'zh' ? 'zh' : 'en'}.${theme}`, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    maxAge: YEAR_SECONDS,
  });
}
