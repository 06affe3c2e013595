'use client';
import type { ReactNode } from 'react';
import { createContext, use, useMemo } from 'react';
import type { Locale } from '@/lib/cookies.ts';
import { formatter } from '@/lib/format.ts';
import type { Messages } from '@/lib/translator.ts';
import { translator } from '@/lib/translator.ts';

type ClientReader = ReturnType<typeof translator> & { f: ReturnType<typeof formatter> };
const ReaderContext = createContext<ClientReader | null>(null);

export function ReaderProvider({
  locale,
  messages,
  timeZone,
  children,
}: {
  locale: Locale;
  messages: Messages;
  timeZone: string;
  children: ReactNode;
}) {
  const value = useMemo(
    () => ({ ...translator(locale, messages, timeZone), f: formatter(locale, timeZone) }),
    [locale, messages, timeZone],
  );
  return <ReaderContext value={value}>{children}</ReaderContext>;
}

export function useReader(): ClientReader {
  const reader = use(ReaderContext);
  if (!reader) throw new Error('useReader needs a ReaderProvider above it');
  return reader;
}
