import type { ReactNode } from 'react';
import { KillSwitchNote } from '@/features/campaigns/kill-switch.tsx';
import { preferences, reader } from '@/lib/reader.ts';
import { requireViewer, shopSettings } from '@/lib/viewer.ts';
import { ReaderProvider } from '@/ui/reader-provider.tsx';
import { AccountMenu } from '@/ui/shell/account-menu.tsx';
import { Keys } from '@/ui/shell/keys.tsx';
import { Logo } from '@/ui/shell/logo.tsx';
import { Navigation } from '@/ui/shell/navigation.tsx';

export default async function ShellLayout({ children }: { children: ReactNode }) {
  const viewer = await requireViewer();
  const settings = await shopSettings();
  const { locale, theme, messages } = await preferences();
  const { t, f } = await reader();
  return (
    <ReaderProvider locale={locale} messages={messages} timeZone={settings.timeZone}>
      <a href="#main" className="sr-only-focusable fixed top-2 left-2 z-50 rounded bg-accent px-3 py-2 text-accent-ink">
        {t('nav.skip')}
      </a>
      <div className="md:grid md:min-h-dvh md:grid-cols-[13rem_minmax(0,1fr)]">
        <aside className="border-line bg-surface max-md:border-b md:sticky md:top-0 md:flex md:h-dvh md:flex-col md:overflow-y-auto md:border-r">
          <div className="hidden px-4 pt-5 pb-4 md:block">
            <Logo />
          </div>
          <Navigation shopNow={settings.isDemo ? f.date(settings.shopNow) : null} />
          <div className="mt-auto hidden border-t border-line p-3 md:block">
            <AccountMenu name={viewer.manager.name} role={t(`role.${viewer.manager.role}`)} locale={locale} theme={theme} />
          </div>
        </aside>
        <div className="min-w-0">
          {settings.isEverythingKilled ? <KillSwitchNote mayRelease={viewer.may('releaseKillSwitch')} /> : null}
          <main id="main" tabIndex={-1} className="mx-auto max-w-[86rem] px-4 py-6 outline-none md:px-8">
            {children}
          </main>
          <footer className="border-t border-line p-4 md:hidden">
            <AccountMenu name={viewer.manager.name} role={t(`role.${viewer.manager.role}`)} locale={locale} theme={theme} />
          </footer>
        </div>
      </div>
      <Keys />
    </ReaderProvider>
  );
}
