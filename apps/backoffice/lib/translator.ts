import { createTranslator } from 'use-intl/core';
import type en from '../messages/en.json';
import type { Locale } from './cookies.ts';

export type Messages = typeof en;

/** Keys are full paths (`inbox.title`), so that a missing or unused one can be found by searching. */
export function translator(locale: Locale, messages: Messages, timeZone: string) {
  const t = createTranslator({ locale, messages, timeZone });
  /** A word for a code that the API may extend: the code itself where we have no word. */
  const name = (
    group:
      | 'accountEntry'
      | 'accountKind'
      | 'actor'
      | 'algorithm'
      | 'backend'
      | 'codeReason'
      | 'decisionKind'
      | 'decisionPolicy'
      | 'metric'
      | 'occasion'
      | 'auditAction'
      | 'effectUnit'
      | 'importStatus'
      | 'jobName'
      | 'modelKind'
      | 'reason'
      | 'rounding'
      | 'subject'
      | 'verdict'
      | 'group'
      | 'groupMode'
      | 'approval',
    code: string,
  ): string => {
    const key = `${group}.${code}` as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : code.replaceAll('_', ' ').replaceAll('-', ' ');
  };
  return { t, name };
}
