import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { readReader } from '@/lib/reader.ts';
import './globals.css';

export const metadata: Metadata = { title: { default: 'Marigold', template: '%s · Marigold' }, robots: { index: false, follow: false } };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { locale, theme } = await readReader();
  return (
    <html lang={locale === 'zh' ? 'zh-CN' : 'en'} data-theme={theme}>
      <body>{children}</body>
    </html>
  );
}
