import { reader } from '@/lib/reader.ts';
import { DataTree } from '@/ui/data-tree.tsx';
import { Badge, Code, Panel } from '@/ui/page.tsx';
import { Table } from '@/ui/table.tsx';
import { shortHash } from './campaign-words.ts';
import type { CampaignDetail } from './claim.tsx';

/** Versions and the audit of this campaign. */
export async function CampaignHistory({ campaign }: { campaign: CampaignDetail }) {
  const { t, f, name } = await reader();
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Panel title={t('history.versions')} isFlush>
        <Table
          caption={t('history.versions')}
          rows={campaign.versions}
          rowKey={(version) => String(version.version)}
          columns={[
            { key: 'version', head: t('history.version'), cell: (version) => version.version },
            { key: 'by', head: t('history.who'), cell: (version) => version.createdBy?.name ?? t('origin.ai') },
            { key: 'at', head: t('history.at'), cell: (version) => f.dateTime(version.createdAt) },
            {
              key: 'content',
              head: t('history.content'),
              cell: (version) => (
                <details>
                  <summary>
                    <Code>{shortHash(version.contentHash)}</Code>
                  </summary>
                  <div className="mt-2">
                    <DataTree value={version.content} />
                  </div>
                </details>
              ),
            },
          ]}
        />
      </Panel>
      <Panel title={t('history.audit')} isFlush>
        <Table
          caption={t('history.audit')}
          rows={campaign.auditEntries}
          rowKey={(entry) => entry.seq}
          columns={[
            { key: 'at', head: t('history.at'), cell: (entry) => f.dateTime(entry.at) },
            { key: 'who', head: t('history.who'), cell: (entry) => entry.actor?.name ?? name('actor', entry.actorKind) },
            { key: 'what', head: t('history.action'), cell: (entry) => name('auditAction', entry.action) },
            { key: 'hash', head: t('history.hash'), cell: (entry) => <Code>{shortHash(entry.hash)}</Code>, isMinor: true },
          ]}
        />
      </Panel>
    </div>
  );
}

/** Who decided what on which version; a voided approval stays visible. */
export async function Approvals({ campaign }: { campaign: CampaignDetail }) {
  const { t, f, name } = await reader();
  return (
    <Panel title={t('history.approvals')} isFlush>
      {campaign.approvals.length === 0 ? (
        <p className="px-4 pb-4 text-muted">{t('history.noApprovals')}</p>
      ) : (
        <Table
          caption={t('history.approvals')}
          rows={campaign.approvals}
          rowKey={(approval) => approval.id}
          columns={[
            { key: 'who', head: t('history.who'), cell: (approval) => approval.manager.name },
            {
              key: 'what',
              head: t('history.decision'),
              cell: (approval) => (
                <>
                  {name('approval', approval.decision)}{' '}
                  {approval.isValid || approval.version === campaign.liveVersion ? null : <Badge tone="warn">{t('history.void')}</Badge>}
                  {approval.reason ? (
                    <span className="block text-xs text-muted">
                      {approval.reason
                        .split(': ')
                        .map((part) => name('reason', part))
                        .join(': ')}
                    </span>
                  ) : null}
                </>
              ),
            },
            {
              key: 'version',
              head: t('history.version'),
              cell: (approval) => (
                <>
                  {approval.version} <Code>{shortHash(approval.contentHash)}</Code>
                </>
              ),
            },
            { key: 'at', head: t('history.at'), cell: (approval) => f.dateTime(approval.at), isMinor: true },
          ]}
        />
      )}
    </Panel>
  );
}
