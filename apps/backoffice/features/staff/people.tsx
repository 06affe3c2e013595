'use client';
import type { PeopleQuery } from '@/generated/graphql.ts';
import { ActionForm, Submit } from '@/ui/action-form.tsx';
import { Confirm } from '@/ui/confirm.tsx';
import { Field, SelectField } from '@/ui/field.tsx';
import { Badge } from '@/ui/page.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import { Table } from '@/ui/table.tsx';
import { createManager, updateManager } from './settings.actions.ts';

const roles = ['viewer', 'analyst', 'approver', 'admin'] as const;

export function People({ managers, ownId, mayChange }: { managers: PeopleQuery['managers']; ownId: string; mayChange: boolean }) {
  const { t, f } = useReader();
  const options = roles.map((role) => [role, t(`role.${role}`)] as const);
  return (
    <>
      <Table
        caption={t('people.title')}
        rows={managers}
        rowKey={(manager) => manager.id}
        columns={[
          {
            key: 'name',
            head: t('people.name'),
            cell: (manager) => (
              <>
                {manager.name} {manager.isDisabled ? <Badge tone="loss">{t('people.disabled')}</Badge> : null}
                {manager.id === ownId ? <Badge tone="accent">{t('people.you')}</Badge> : null}
                <span className="block text-xs text-muted">{manager.email}</span>
              </>
            ),
          },
          { key: 'role', head: t('people.role'), cell: (manager) => t(`role.${manager.role}`) },
          { key: 'since', head: t('people.since'), cell: (manager) => f.date(manager.createdAt), isMinor: true },
          {
            key: 'change',
            head: t('people.change'),
            cell: (manager) =>
              mayChange && manager.id !== ownId ? (
                <Confirm
                  label={t('people.change')}
                  title={manager.name}
                  text={t('people.changeText')}
                  confirm={t('common.save')}
                  action={updateManager}
                >
                  <input type="hidden" name="id" value={manager.id} />
                  <SelectField label={t('people.role')} name="role" options={options} defaultValue={manager.role} />
                  <label className="flex items-center gap-2">
                    <input type="checkbox" name="isDisabled" defaultChecked={manager.isDisabled} /> {t('people.disable')}
                  </label>
                </Confirm>
              ) : (
                '–'
              ),
          },
        ]}
      />
      {mayChange ? (
        <ActionForm
          action={createManager}
          done={t('people.added')}
          className="grid gap-3 border-t border-line p-4 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_1fr_auto_auto] lg:items-end"
        >
          <Field label={t('people.name')}>
            <input name="name" required maxLength={120} className="control" autoComplete="off" />
          </Field>
          <Field label={t('signIn.email')}>
            <input name="email" type="email" required className="control" autoComplete="off" />
          </Field>
          <Field label={t('people.password')}>
            <input name="password" type="password" required minLength={12} className="control" autoComplete="new-password" />
          </Field>
          <SelectField label={t('people.role')} name="role" options={options} defaultValue="analyst" />
          <Submit look="plain">{t('people.add')}</Submit>
        </ActionForm>
      ) : null}
    </>
  );
}
