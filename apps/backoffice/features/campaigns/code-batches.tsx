import type { BatchPartsFragment } from '@/generated/graphql.ts';
import { reader } from '@/lib/reader.ts';
import { Confirm } from '@/ui/confirm.tsx';
import { Field } from '@/ui/field.tsx';
import { Code } from '@/ui/page.tsx';
import { Table } from '@/ui/table.tsx';
import { CodeExport } from './code-export.tsx';
import { revokeCodes } from './codes.actions.ts';

interface CodeBatchesProps {
  readonly campaignId: string;
  readonly batches: readonly BatchPartsFragment[];
  readonly mayExport: boolean;
  readonly mayRevoke: boolean;
}

export async function CodeBatches({ campaignId, batches, mayExport, mayRevoke }: CodeBatchesProps) {
  const { t, f } = await reader();
  const label = (batch: BatchPartsFragment) => `${batch.prefix ?? t('codes.noPrefix')}, ${f.dateTime(batch.createdAt)}`;
  return (
    <Table
      caption={t('codes.batches')}
      rows={batches}
      rowKey={(batch) => batch.id}
      columns={[
        {
          key: 'at',
          head: t('codes.batch'),
          cell: (batch) => (
            <>
              {batch.prefix ? <Code>{`${batch.prefix}-…`}</Code> : t('codes.noPrefix')}
              <span className="block text-xs text-muted">{f.dateTime(batch.createdAt)}</span>
            </>
          ),
        },
        {
          key: 'size',
          head: t('codes.size'),
          isNumber: true,
          cell: (batch) => (
            <>
              {batch.size === null ? t('codes.oneEach') : f.number(batch.size)}
              <span className="block text-xs text-muted">{t('codes.usesEach', { count: batch.useLimit })}</span>
            </>
          ),
        },
        { key: 'used', head: t('campaigns.uses'), isNumber: true, cell: (batch) => f.number(batch.used) },
        { key: 'window', head: t('codes.window'), isMinor: true, cell: (batch) => <Window batch={batch} /> },
        { key: 'revoked', head: t('codes.withdrawn'), isMinor: true, cell: (batch) => <Withdrawn batch={batch} /> },
        {
          key: 'do',
          head: t('history.action'),
          cell: (batch) => (
            <div className="flex flex-wrap items-start gap-2">
              {mayExport ? (
                <CodeExport
                  path={`/campaigns/${campaignId}/codes/${batch.id}/csv`}
                  fileName={`codes-${batch.prefix ?? batch.id}.csv`}
                  label={label(batch)}
                />
              ) : null}
              {mayRevoke ? <Withdraw batch={batch} label={label(batch)} /> : null}
            </div>
          ),
        },
      ]}
    />
  );
}

async function Window({ batch }: { batch: BatchPartsFragment }) {
  const { t, f } = await reader();
  if (!batch.startsAt && !batch.endsAt) return t('codes.asCampaign');
  return `${batch.startsAt ? f.dateTime(batch.startsAt) : t('codes.asCampaign')} – ${batch.endsAt ? f.dateTime(batch.endsAt) : t('codes.asCampaign')}`;
}

const RANGES_SHOWN = 3;

async function Withdrawn({ batch }: { batch: BatchPartsFragment }) {
  const { t, f } = await reader();
  if (batch.revocationCount === 0) return '–';
  const { size, revokedRanges } = batch;
  if (size !== null && revokedRanges.some(({ first, last }) => first === 0 && last === size - 1)) return t('codes.allWithdrawn');
  const shown = revokedRanges
    .slice(0, RANGES_SHOWN)
    .map(({ first, last }) => (first === last ? f.number(first) : `${f.number(first)}–${f.number(last)}`));
  const more = batch.revocationCount - shown.length;
  return [...shown, ...(more > 0 ? [t('common.andMore', { count: more })] : [])].join(', ');
}

/** A range of an open batch, or all of any. */
async function Withdraw({ batch, label }: { batch: BatchPartsFragment; label: string }) {
  const { t } = await reader();
  return (
    <>
      {batch.size === null ? null : (
        <Confirm
          label={t('codes.withdrawRange')}
          title={t('codes.withdrawRangeOf', { label })}
          text={t('codes.rangeText', { last: batch.size - 1 })}
          confirm={t('codes.withdraw')}
          look="danger"
          action={revokeCodes}
        >
          <input type="hidden" name="batchId" value={batch.id} />
          <input type="hidden" name="range" value="yes" />
          <Field label={t('codes.firstPlace')}>
            <input name="first" type="number" min={0} max={batch.size - 1} step={1} required className="control" />
          </Field>
          <Field label={t('codes.lastPlace')}>
            <input name="last" type="number" min={0} max={batch.size - 1} step={1} required className="control" />
          </Field>
        </Confirm>
      )}
      <Confirm
        label={t('codes.withdrawAll')}
        title={t('codes.withdrawAllOf', { label })}
        text={t('codes.withdrawText')}
        confirm={t('codes.withdraw')}
        look="danger"
        action={revokeCodes}
      >
        <input type="hidden" name="batchId" value={batch.id} />
      </Confirm>
    </>
  );
}
