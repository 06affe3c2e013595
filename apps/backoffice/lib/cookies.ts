export const SESSION_COOKIE = 'promolift_session';
export const LOCALE_COOKIE = 'promolift_locale';
export const THEME_COOKIE = 'promolift_theme';

const locales = ['en', 'zh'] as const;
export type Locale = (typeof locales)[number];
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** The closest language we speak: `zh-Hans-CN` → `zh`, anything else → `en`. */
export const toLocale = (tag: string | undefined): Locale => (tag?.toLowerCase().startsWith('zh') ? 'zh' : 'en');
export const toTheme = (value: string | undefined): Theme => themes.find((theme) => theme === value) ?? 'system';
