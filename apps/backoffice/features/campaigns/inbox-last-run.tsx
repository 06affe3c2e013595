import type { InboxQuery } from '@/generated/graphql.ts';
import { reader } from '@/lib/reader.ts';
import { ButtonLink } from '@/ui/button.tsx';
import { Empty } from '@/ui/page.tsx';
import { Table } from '@/ui/table.tsx';

type Run = NonNullable<InboxQuery['inbox']['lastRun']>;

/** Why nothing else was proposed. */
export async function LastRun({ run }: { run: Run }) {
  const { t, f, name } = await reader();
  return (
    <section className="mt-6 rounded-lg border border-line bg-surface">
      <div className="px-4 py-3">
        <h2 className="text-sm font-semibold">{t('inbox.nothingElse')}</h2>
        <p className="text-muted">
          {f.text(run.sentence)}{' '}
          <span className="text-xs">
            ({t('inbox.runAt', { at: f.dateTime(run.at), ideas: run.ideaCount, proposed: run.proposedCount })})
          </span>
        </p>
      </div>
      {run.dropped.length > 0 ? (
        <details className="border-t border-line">
          <summary className="px-4 py-2 font-medium text-accent">
            {t('inbox.seeWhy', { count: run.dropped.reduce((sum, idea) => sum + idea.count, 0) })}
          </summary>
          <Table
            caption={t('inbox.nothingElse')}
            rows={run.dropped}
            rowKey={(idea) => `${idea.label}${idea.reason.en}`}
            columns={[
              { key: 'label', head: t('inbox.idea'), cell: (idea) => name('occasion', idea.label) },
              { key: 'reason', head: t('inbox.droppedBecause'), cell: (idea) => f.text(idea.reason) },
              { key: 'count', head: t('inbox.ideas'), cell: (idea) => f.number(idea.count), isNumber: true },
            ]}
          />
        </details>
      ) : null}
    </section>
  );
}

export async function InboxEmpty({ orderCount }: { orderCount: number }) {
  const { t } = await reader();
  return orderCount === 0 ? (
    <Empty
      title={t('inbox.emptyTitle')}
      why={t('inbox.emptyNoData')}
      action={
        <ButtonLink look="primary" href="/imports">
          {t('imports.start')}
        </ButtonLink>
      }
    />
  ) : (
    <Empty
      title={t('inbox.emptyTitle')}
      why={t('inbox.emptyQuiet')}
      action={<ButtonLink href="/campaigns/new">{t('campaign.new')}</ButtonLink>}
    />
  );
}
