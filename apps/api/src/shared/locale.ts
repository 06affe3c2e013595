import { AppError } from '@promolift/domain';

const known = new Set<string>();

/** A BCP 47 tag that this runtime understands; throws BAD_USER_INPUT for anything else. */
export function requireLocale(locale: string | null | undefined): string {
  if (!locale) return 'en';
  if (known.has(locale)) return locale;
  try {
    if (locale.length > 35) throw new RangeError('too long');
    Intl.getCanonicalLocales(locale);
  } catch {
    throw new AppError('BAD_USER_INPUT', 'locale must be a BCP 47 tag, for example en or zh-CN', { field: ['locale'] });
  }
  if (known.size < 200) known.add(locale);
  return locale;
}
