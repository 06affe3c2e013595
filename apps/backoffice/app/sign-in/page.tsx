import type { Metadata } from 'next';
import { SignInForm } from '@/features/staff/sign-in-form.tsx';
import { preferences, reader } from '@/lib/reader.ts';
import { ReaderProvider } from '@/ui/reader-provider.tsx';
import { Logo } from '@/ui/shell/logo.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('signIn.title') };
}

export default async function SignInPage() {
  const { locale, messages } = await preferences();
  const { t } = await reader();
  return (
    <ReaderProvider locale={locale} messages={messages} timeZone="UTC">
      <main className="grid min-h-dvh place-items-center p-4">
        <div className="w-full max-w-sm">
          <Logo />
          <div className="mt-6 rounded-lg border border-line bg-surface p-6">
            <h1 className="text-lg font-semibold">{t('signIn.title')}</h1>
            <p className="mt-1 mb-5 text-muted">{t('signIn.lead')}</p>
            <SignInForm />
          </div>
          <p className="mt-4 text-xs text-muted">{t('signIn.help')}</p>
        </div>
      </main>
    </ReaderProvider>
  );
}
