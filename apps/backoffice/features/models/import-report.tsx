import { reader } from '@/lib/reader.ts';
import { Facts } from '@/ui/page.tsx';
import { z } from 'zod';
import { numbersOf } from './numbers-of.ts';

const Ready = z.object({
  readiness: z.object({ models: z.array(z.object({ model: z.string(), isReady: z.boolean(), missing: z.string().nullable() })) }),
});

/** Rows kept, repaired, rejected, each by reason. */
export async function ImportReport({ report, log, rejectsHref }: { report: unknown; log: string | null; rejectsHref: string | null }) {
  const { t, f } = await reader();
  const numbers = numbersOf(report);
  const words = (key: string) => key.replaceAll(/[._]/g, ' ');
  const ready = Ready.safeParse(report);
  const totals = numbers.filter(([key]) => !key.includes('.'));
  const reasons = numbers.filter(([key, value]) => key.includes('.') && value > 0).sort((a, b) => b[1] - a[1]);
  return (
    <>
      {log ? <p className="font-mono text-xs text-loss">{log}</p> : null}
      {totals.length > 0 ? <Facts rows={totals.map(([key, value]) => [words(key), f.number(value)] as const)} /> : null}
      {reasons.length > 0 ? (
        <details className="mt-3">
          <summary className="w-fit text-muted">{t('imports.byReason', { count: reasons.length })}</summary>
          <div className="mt-2">
            <Facts rows={reasons.map(([key, value]) => [words(key), f.number(value)] as const)} />
          </div>
        </details>
      ) : null}
      {ready.success ? (
        <div className="mt-3">
          <h3 className="mb-1 text-xs font-semibold">{t('imports.ready')}</h3>
          <Facts
            rows={ready.data.readiness.models.map(
              ({ model, isReady, missing }) => [model, isReady ? t('imports.readyYes') : missing] as const,
            )}
          />
        </div>
      ) : null}
      {rejectsHref ? (
        <a className="mt-3 inline-block text-accent underline" href={rejectsHref} download>
          {t('imports.rejects')}
        </a>
      ) : null}
      {numbers.length === 0 && !log ? <p className="text-muted">{t('imports.noReport')}</p> : null}
    </>
  );
}
