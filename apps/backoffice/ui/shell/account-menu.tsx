'use client';
import Link from 'next/link';
import { useActionState } from 'react';
import { setPreferences, signOut } from '@/features/staff/session.actions.ts';
import type { Locale, Theme } from '@/lib/cookies.ts';
import { themes } from '@/lib/cookies.ts';
import { IDLE } from '../action-form.tsx';
import { Icon } from '../icon.tsx';
import { useReader } from '../reader-provider.tsx';

/** Who is signed in, language, theme, sign out. */
export function AccountMenu({ name, role, locale, theme }: { name: string; role: string; locale: Locale; theme: Theme }) {
  const { t } = useReader();
  const [, save] = useActionState(setPreferences, IDLE);
  const [, leave] = useActionState(signOut, IDLE);
  const small = 'rounded border px-1.5 py-1 text-xs';
  const look = (isChosen: boolean) =>
    `${small} ${isChosen ? 'border-accent bg-accent-soft text-accent font-medium' : 'border-line-strong hover:bg-sunken'}`;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-2">
        <Icon name="person" />
        <div className="min-w-0 flex-1 leading-tight">
          <div className="truncate font-medium">{name}</div>
          <div className="text-xs text-muted">{role}</div>
        </div>
        <form action={leave}>
          <button type="submit" className="rounded p-1.5 hover:bg-sunken" aria-label={t('nav.signOut')} title={t('nav.signOut')}>
            <Icon name="out" />
          </button>
        </form>
      </div>
      <Link href="/settings#password" className="text-xs text-muted hover:underline">
        {t('password.title')}
      </Link>
      <form action={save} className="flex flex-wrap gap-1">
        <fieldset className="flex gap-1">
          <legend className="sr-only">{t('nav.language')}</legend>
          <button type="submit" name="locale" value="en" lang="en" aria-pressed={locale === 'en'} className={look(locale === 'en')}>
            EN
          </button>
          <button type="submit" name="locale" value="zh" lang="zh-CN" aria-pressed={locale === 'zh'} className={look(locale === 'zh')}>
            中文
          </button>
        </fieldset>
        <fieldset className="flex gap-1">
          <legend className="sr-only">{t('nav.theme')}</legend>
          {themes.map((choice) => (
            <button
              key={choice}
              type="submit"
              name="theme"
              value={choice}
              aria-pressed={theme === choice}
              className={look(theme === choice)}
            >
              {t(`theme.${choice}`)}
            </button>
          ))}
        </fieldset>
      </form>
    </div>
  );
}
