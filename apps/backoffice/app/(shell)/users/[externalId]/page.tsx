import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { EraseUser } from '@/features/users/erase-user.tsx';
import { UserAccounts } from '@/features/users/user-accounts.tsx';
import { Shares, UserDecisions, UserEvents, UserOrders } from '@/features/users/user-history.tsx';
import { UserQuery } from '@/features/users/users.queries.ts';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { buttonClass } from '@/ui/button.tsx';
import { Badge, Code, Figure, Figures, PageHead, Panel } from '@/ui/page.tsx';

type Params = { params: Promise<{ externalId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('place.users') };
}

export default async function UserPage({ params }: Params) {
  const viewer = await requireViewer();
  const { user } = await query(UserQuery, { externalId: decodeURIComponent((await params).externalId) });
  if (!user) notFound();
  const { t, f } = await reader();
  const { profile } = user;
  return (
    <>
      <PageHead
        kicker={
          <span className="flex flex-wrap items-center gap-2">
            <Link href="/users" className="underline">
              {t('place.users')}
            </Link>{' '}
            {t('user.pseudonym')} <Code>{user.pseudonym}</Code>
          </span>
        }
        title={user.externalId}
        lead={
          <span className="flex flex-wrap items-center gap-2">
            {user.segments.map((segment) => (
              <Link key={segment.key} href={`/segments/${segment.key}`}>
                <Badge tone="accent">{f.text(segment.name)}</Badge>
              </Link>
            ))}
            {user.erasedAt ? <Badge tone="loss">{t('users.erased')}</Badge> : null}
            {user.hasConsent ? null : <Badge tone="warn">{t('users.noConsent')}</Badge>} {t('user.since', { date: f.date(user.createdAt) })}
          </span>
        }
        actions={
          <>
            {viewer.may('exportUser') ? (
              <a className={buttonClass()} href={`/users/${encodeURIComponent(user.externalId)}/export`} download>
                {t('user.export')}
              </a>
            ) : null}
            {viewer.may('eraseUser') && !user.erasedAt ? <EraseUser externalId={user.externalId} /> : null}
          </>
        }
      />
      <div className="flex flex-col gap-4">
        {profile ? (
          <Panel aside={f.date(profile.asOf)} title={t('user.profile')}>
            <Figures>
              <Figure
                label={t('users.recency')}
                value={typeof profile.recencyDays === 'number' ? t('users.daysAgo', { count: profile.recencyDays }) : '–'}
              />
              <Figure label={t('users.orders')} value={f.number(profile.frequency)} />
              <Figure label={t('users.revenue')} value={f.money(profile.monetary)} />
              <Figure
                label={t('users.churn')}
                value={typeof profile.churnRisk === 'number' ? f.percent(profile.churnRisk) : t('common.unknown')}
              />
            </Figures>
            <div className="mt-4 grid gap-6 border-t border-line pt-4 md:grid-cols-2">
              <Shares
                title={t('user.interests')}
                rows={profile.interestTags.map((tag) => ({
                  name: tag.categoryName,
                  share: tag.strength / Math.max(...profile.interestTags.map(({ strength }) => strength)),
                  text: t('user.times', { times: f.number(tag.strength, 1) }),
                }))}
              />
              <Shares
                title={t('user.propensities')}
                rows={profile.propensities.map((one) => ({ name: one.categoryName, share: one.probability }))}
              />
            </div>
          </Panel>
        ) : null}
        <UserAccounts accounts={user.accounts} />
        <UserDecisions decisions={user.decisions} />
        <div className="grid items-start gap-4 xl:grid-cols-2">
          <UserOrders orders={user.orders} />
          <UserEvents events={user.events} />
        </div>
      </div>
    </>
  );
}
