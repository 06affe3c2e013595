'use client';
import Link from 'next/link';
import { Button, buttonClass } from './button.tsx';
import { Code } from './page.tsx';
import { useReader } from './reader-provider.tsx';

/** What happened, what was kept, what to do, and the id that finds it in the log. */
export function Fault({ digest, onRetry }: { digest?: string; onRetry: () => void }) {
  const { t } = useReader();
  const code = digest?.split(':')[0];
  const kind = code === 'UNREACHABLE' ? 'unreachable' : code === 'FORBIDDEN' ? 'forbidden' : 'other';
  return (
    <section role="alert" className="mx-auto mt-10 max-w-xl rounded-lg border border-line bg-surface p-6">
      <h1 className="text-lg font-semibold">{t(`fault.${kind}`)}</h1>
      <p className="mt-2">{t(`faultDo.${kind}`)}</p>
      <p className="mt-2 text-muted">{t('fault.kept')}</p>
      {digest ? (
        <p className="mt-2 text-xs text-muted">
          {t('fault.id')}: <Code>{digest}</Code>
        </p>
      ) : null}
      <div className="mt-4 flex gap-2">
        <Button look="primary" onClick={onRetry}>
          {t('fault.retry')}
        </Button>
        <Link href="/" className={buttonClass()}>
          {t('fault.home')}
        </Link>
      </div>
    </section>
  );
}
