import Link from 'next/link';
import type { CodeLifeQuery } from '@/generated/graphql.ts';
import type { Reader } from '@/lib/reader.ts';
import { reader } from '@/lib/reader.ts';
import { Confirm } from '@/ui/confirm.tsx';
import { Badge, Code, Facts } from '@/ui/page.tsx';
import { Table } from '@/ui/table.tsx';
import { revokeCodes } from './codes.actions.ts';

type Life = NonNullable<CodeLifeQuery['code']>;

/** One code from its making to its end: state, whose, which batch, and everything that happened to it. */
export async function CodeLife({ life, campaignId, mayRevoke }: { life: Life; campaignId: string; mayRevoke: boolean }) {
  const { t, f, name } = await reader();
  const limit = life.useLimit === null ? t('common.noLimit') : f.number(life.useLimit);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <Code>{life.code}</Code>
        {life.isUsable ? <Badge tone="gain">{t('codes.works')}</Badge> : <Badge tone="loss">{name('codeReason', life.reason ?? '')}</Badge>}
        {mayRevoke && life.batch && !life.revokedAt ? (
          <Confirm
            label={t('codes.withdrawOne')}
            title={t('codes.withdrawOneTitle', { code: life.code })}
            text={t('codes.withdrawText')}
            confirm={t('codes.withdraw')}
            look="danger"
            action={revokeCodes}
          >
            <input type="hidden" name="code" value={life.code} />
          </Confirm>
        ) : null}
      </div>
      <Facts
        rows={[
          [t('codes.ownerIs'), life.user ? <UserLink key="user" externalId={life.user.externalId} /> : t('codes.whoever')],
          [t('campaigns.uses'), `${f.number(life.used)} / ${limit}`],
          ...(life.place === null ? [] : [[t('codes.place'), f.number(life.place)] as const]),
          [
            t('place.campaigns'),
            life.campaign.id === campaignId ? (
              t('codes.thisCampaign')
            ) : (
              <Link
                key="campaign"
                className="underline"
                href={`/campaigns/${life.campaign.id}/codes?code=${encodeURIComponent(life.code)}`}
              >
                {f.text(life.campaign.title)}
              </Link>
            ),
          ],
        ]}
      />
      <Table
        caption={t('codes.lifeOf', { code: life.code })}
        rows={happenings(life, t, f)}
        rowKey={(row) => row.key}
        columns={[
          { key: 'at', head: t('history.at'), cell: (row) => f.dateTime(row.at) },
          { key: 'what', head: t('history.action'), cell: (row) => row.what },
          { key: 'amount', head: t('ledger.amount'), isNumber: true, cell: (row) => row.amount },
          { key: 'who', head: t('redemptions.user'), isMinor: true, cell: (row) => (row.user ? <UserLink externalId={row.user} /> : '–') },
          { key: 'order', head: t('redemptions.order'), cell: (row) => row.order ?? '–' },
        ]}
      />
    </div>
  );
}

const UserLink = ({ externalId }: { externalId: string }) => (
  <Link className="underline" href={`/users/${encodeURIComponent(externalId)}`}>
    {externalId}
  </Link>
);

interface Happening {
  readonly key: string;
  readonly at: string;
  readonly what: string;
  readonly amount: string;
  readonly user: string | null;
  readonly order: string | null;
}

/** Oldest first. */
function happenings(life: Life, t: Reader['t'], f: Reader['f']): Happening[] {
  const plain = (key: string, at: string | null | undefined, what: string): Happening[] =>
    at ? [{ key, at, what, amount: '–', user: null, order: null }] : [];
  const ofUses = life.redemptions.flatMap((use) => {
    const own = { user: use.user?.externalId ?? null, order: use.order?.externalId ?? null, amount: f.money(use.amount) };
    const one = (step: string, at: string | null | undefined, what: string) => (at ? [{ key: `${use.id} ${step}`, at, what, ...own }] : []);
    const isGivenBack = use.refunded.amountMinor > 0;
    return [
      // An order without a reservation before it sets aside and spends at one instant.
      ...(use.reservedAt === use.committedAt
        ? []
        : one('reserved', use.reservedAt, t('redemptionStatus.reserved')).map((row) => ({ ...row, order: null }))),
      ...one(
        'committed',
        use.committedAt,
        isGivenBack
          ? `${t('redemptionStatus.committed')}, ${t('redemptions.refunded', { amount: f.money(use.refunded) })}`
          : t('redemptionStatus.committed'),
      ),
      ...one('released', use.releasedAt, t('redemptionStatus.released')),
    ];
  });
  return [
    ...plain('made', life.batch?.createdAt, t('codes.batchMade')),
    ...ofUses,
    ...plain('revoked', life.revokedAt, t('codes.withdrawn')),
  ].toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
}
