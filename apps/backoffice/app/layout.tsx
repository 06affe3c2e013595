import type { Metadata } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { preferences } from '@/lib/reader.ts';
import './globals.css';

export const metadata: Metadata = { title: { default: 'Promolift', template: '%s · Promolift' }, robots: { index: false, follow: false } };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Reading the headers makes every page dynamic, which its nonce needs.
  await headers();
  const { locale, theme } = await preferences();
  return (
    <html lang={locale === 'zh' ? 'zh-CN' : 'en'} data-theme={theme} suppressHydrationWarning>
      <body>{children}</body>
    </html>
  );
}
