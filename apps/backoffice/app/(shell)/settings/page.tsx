import type { Metadata } from 'next';
import { ApiKeys } from '@/features/staff/api-keys.tsx';
import { PasswordForm } from '@/features/staff/password-form.tsx';
import { People } from '@/features/staff/people.tsx';
import { PointsForm } from '@/features/staff/points-form.tsx';
import { ProposalsForm } from '@/features/staff/proposals-form.tsx';
import { StackingForm } from '@/features/staff/stacking-form.tsx';
import { SettingsForm } from '@/features/staff/settings-form.tsx';
import { ApiKeysQuery, PeopleQuery, SettingsQuery } from '@/features/staff/staff.queries.ts';
import { currencyDigits } from '@/lib/format.ts';
import { query } from '@/lib/query.ts';
import { preferences, reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { PageHead, Panel } from '@/ui/page.tsx';
import { AccountMenu } from '@/ui/shell/account-menu.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('place.settings') };
}

export default async function SettingsPage() {
  const viewer = await requireViewer();
  const { settings } = await query(SettingsQuery, {});
  const managers = viewer.may('managers') ? (await query(PeopleQuery, {})).managers : null;
  const keys = viewer.may('apiKeys') ? (await query(ApiKeysQuery, {})).apiKeys : null;
  const isReadOnly = !viewer.may('updateSettings');
  const { locale, theme } = await preferences();
  const { t, f } = await reader();
  return (
    <>
      <PageHead title={t('place.settings')} lead={t('settings.lead', { version: settings.version, now: f.dateTime(settings.shopNow) })} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title={t('settings.guardrails')}>
            <SettingsForm
              isReadOnly={isReadOnly}
              mayMoveClock={settings.isDemo && viewer.may('advanceShopClock')}
              digits={currencyDigits(settings.currency)}
              settings={settings}
            />
          </Panel>
          <Panel title={t('proposalSettings.title')}>
            <ProposalsForm settings={settings} isReadOnly={isReadOnly} />
          </Panel>
          <Panel title={t('pointsSettings.title')}>
            <PointsForm settings={settings} isReadOnly={isReadOnly} />
          </Panel>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title={t('stacking.title')} aside={t('stacking.aside')}>
            <StackingForm settings={settings} isReadOnly={isReadOnly} />
          </Panel>
          <Panel title={t('settings.yours')}>
            <AccountMenu
              name={viewer.manager.name}
              role={`${t(`role.${viewer.manager.role}`)} · ${viewer.manager.email}`}
              locale={locale}
              theme={theme}
            />
            <div id="password" className="mt-4 border-t border-line pt-4">
              <PasswordForm />
            </div>
          </Panel>
          {keys ? (
            <Panel title={t('apiKeys.title')} isFlush>
              <ApiKeys keys={keys} mayChange={viewer.may('createApiKey')} />
            </Panel>
          ) : null}
        </div>
        {managers ? (
          <Panel title={t('people.title')} className="xl:col-span-2" isFlush>
            <People managers={managers} ownId={viewer.manager.id} mayChange={viewer.may('updateManager')} />
          </Panel>
        ) : null}
      </div>
    </>
  );
}
