import type { Metadata } from 'next';
import Link from 'next/link';
import { auditActions, auditSubjects, subjectNames } from '@/features/staff/audit-words.ts';
import { AuditQuery } from '@/features/staff/staff.queries.ts';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { ButtonLink } from '@/ui/button.tsx';
import { DataTree } from '@/ui/data-tree.tsx';
import { Field, SelectField } from '@/ui/field.tsx';
import { FilterBar } from '@/ui/filter-bar.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Badge, Code, Empty, PageHead, Panel } from '@/ui/page.tsx';
import { Pager } from '@/ui/pager.tsx';
import { Table } from '@/ui/table.tsx';

type Search = { searchParams: Promise<{ after?: string; action?: string; kind?: string; id?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('place.audit') };
}

export default async function AuditPage({ searchParams }: Search) {
  const viewer = await requireViewer();
  const { after, action, kind, id } = await searchParams;
  const { auditEntries } = await query(AuditQuery, {
    first: 50,
    after: after ?? null,
    filter: { ...(action ? { action } : {}), ...(kind ? { subjectKind: kind } : {}), ...(id ? { subjectId: id } : {}) },
  });
  const { t, f, name } = await reader();
  const subjects = await subjectNames(viewer);
  const link = (subject: string, subjectId: string) => (subject === 'campaign' ? `/campaigns/${subjectId}` : null);
  return (
    <>
      <PageHead
        title={t('place.audit')}
        lead={
          <span className="flex flex-wrap items-center gap-2">
            {auditEntries.isChainValid ? (
              <Badge tone="gain">
                <Icon name="check" size={14} /> {t('audit.valid')}
              </Badge>
            ) : (
              <Badge tone="loss">
                <Icon name="warn" size={14} /> {t('audit.broken')}
              </Badge>
            )}
            {t('audit.lead', { count: auditEntries.totalCount })}
          </span>
        }
      />
      <FilterBar label={t('common.filter')} submit={t('common.apply')}>
        <SelectField
          label={t('audit.action')}
          name="action"
          defaultValue={action ?? ''}
          options={[['', t('common.all')], ...auditActions.map((known) => [known, name('auditAction', known)] as const)]}
        />
        <SelectField
          label={t('audit.subjectKind')}
          name="kind"
          defaultValue={kind ?? ''}
          options={[['', t('common.all')], ...auditSubjects.map((known) => [known, name('subject', known)] as const)]}
        />
        <Field label={t('audit.subjectId')}>
          <input name="id" defaultValue={id} className="control" />
        </Field>
      </FilterBar>
      {auditEntries.nodes.length === 0 ? (
        <Empty title={t('common.noMatch')} why={t('audit.emptyWhy')} action={<ButtonLink href="/audit">{t('common.clear')}</ButtonLink>} />
      ) : (
        <Panel isFlush>
          <Table
            caption={t('place.audit')}
            rows={auditEntries.nodes}
            rowKey={(entry) => entry.seq}
            columns={[
              { key: 'seq', head: '#', cell: (entry) => entry.seq },
              { key: 'at', head: t('history.at'), cell: (entry) => <span className="whitespace-nowrap">{f.dateTime(entry.at)}</span> },
              { key: 'who', head: t('history.who'), cell: (entry) => entry.actor?.name ?? name('actor', entry.actorKind) },
              { key: 'what', head: t('history.action'), cell: (entry) => name('auditAction', entry.action) },
              {
                key: 'subject',
                head: t('audit.subject'),
                cell: (entry) => {
                  const href = link(entry.subjectKind, entry.subjectId);
                  const known = subjects.get(entry.subjectId) ?? <Code>{entry.subjectId.slice(-12)}</Code>;
                  return (
                    <>
                      <span className="text-muted">{name('subject', entry.subjectKind)}</span>{' '}
                      {href ? (
                        <Link className="underline" href={href}>
                          {known}
                        </Link>
                      ) : entry.subjectKind === 'settings' ? null : (
                        known
                      )}
                    </>
                  );
                },
                isMinor: true,
              },
              {
                key: 'details',
                head: t('models.details'),
                cell: (entry) => (
                  <details>
                    <summary className="whitespace-nowrap">
                      <Code>{entry.hash.slice(0, 10)}</Code>
                    </summary>
                    <div className="mt-1 max-h-56 max-w-96 overflow-auto">
                      <DataTree value={entry.details} />
                    </div>
                  </details>
                ),
                isMinor: true,
              },
            ]}
          />
        </Panel>
      )}
      <Pager
        path="/audit"
        parameters={{ action, kind, id }}
        endCursor={auditEntries.pageInfo.endCursor}
        hasNextPage={auditEntries.pageInfo.hasNextPage}
        isFirst={!after}
        words={{ next: t('audit.older'), first: t('audit.newest'), label: t('common.pages') }}
      />
    </>
  );
}
