import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import en from '../messages/en.json';
import zh from '../messages/zh.json';
import { LOCALE_COOKIE, THEME_COOKIE, toLocale, toTheme } from './cookies.ts';
import { formatter } from './format.ts';
import type { Messages } from './translator.ts';
import { translator } from './translator.ts';
import { findViewer, shopSettings } from './viewer.ts';

const catalogues: Record<'en' | 'zh', Messages> = { en, zh };

/** Language and theme: the cookie first, then the manager's own, then the browser's. */
export const preferences = cache(async () => {
  const jar = await cookies();
  const chosen = jar.get(LOCALE_COOKIE)?.value;
  const locale = toLocale(chosen ?? (await headers()).get('accept-language') ?? undefined);
  return { locale, theme: toTheme(jar.get(THEME_COOKIE)?.value), messages: catalogues[locale] };
});

/** What a page needs to speak: `t` for sentences, `name` for codes, `f` for numbers. */
export const reader = cache(async () => {
  const { locale, messages } = await preferences();
  const timeZone = (await findViewer()) ? (await shopSettings()).timeZone : 'UTC';
  return { ...translator(locale, messages, timeZone), f: formatter(locale, timeZone) };
});
export type Reader = Awaited<ReturnType<typeof reader>>;
