import Link from 'next/link';
import { reader } from '@/lib/reader.ts';
import { buttonClass } from '@/ui/button.tsx';

export default async function NotFound() {
  const { t } = await reader();
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="max-w-md rounded-lg border border-line bg-surface p-6">
        <h1 className="text-lg font-semibold">{t('notFound.title')}</h1>
        <p className="mt-1 mb-4 text-muted">{t('notFound.why')}</p>
        <Link href="/" className={buttonClass('primary')}>
          {t('fault.home')}
        </Link>
      </div>
    </main>
  );
}
