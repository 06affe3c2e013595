import { cookies, headers } from 'next/headers';

export type Locale = 'en' | 'zh';
export type Theme = 'light' | 'dark' | 'system';
export const READER_COOKIE = 'marigold_reader';

/** Language and theme: what the visitor chose, else what the browser asks for. Cookie: `zh.dark`. */
export async function readReader(): Promise<{ locale: Locale; theme: Theme }> {
  const [chosenLocale, chosenTheme] = (await cookies()).get(READER_COOKIE)?.value.split('.') ?? [];
  const asked = (await headers()).get('accept-language') ?? '';
  const locale: Locale = chosenLocale === 'zh' || chosenLocale === 'en' ? chosenLocale : /^zh\b/i.test(asked) ? 'zh' : 'en';
  const theme: Theme = chosenTheme === 'light' || chosenTheme === 'dark' ? chosenTheme : 'system';
  return { locale, theme };
}
