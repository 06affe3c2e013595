'use client';
import { useState } from 'react';
import type { ApiKeysQuery } from '@/generated/graphql.ts';
import { ActionForm, Submit } from '@/ui/action-form.tsx';
import { Confirm } from '@/ui/confirm.tsx';
import { Field, SelectField } from '@/ui/field.tsx';
import { Badge, Code } from '@/ui/page.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import { Table } from '@/ui/table.tsx';
import { createApiKey, revokeApiKey } from './settings.actions.ts';

export function ApiKeys({ keys, mayChange }: { keys: ApiKeysQuery['apiKeys']; mayChange: boolean }) {
  const { t, f } = useReader();
  const [token, setToken] = useState<string | null>(null);
  return (
    <>
      {keys.length === 0 ? (
        <p className="px-4 pb-3 text-muted">{t('apiKeys.empty')}</p>
      ) : (
        <Table
          caption={t('apiKeys.title')}
          rows={keys}
          rowKey={(key) => key.id}
          columns={[
            {
              key: 'name',
              head: t('apiKeys.name'),
              cell: (key) => (
                <>
                  {key.name}
                  <span className="block">
                    <Code>{key.prefix}…</Code>
                  </span>
                </>
              ),
            },
            { key: 'kind', head: t('apiKeys.kind'), cell: (key) => t(`apiKeyKind.${key.kind}`) },
            { key: 'at', head: t('history.at'), cell: (key) => f.date(key.createdAt), isMinor: true },
            {
              key: 'state',
              head: t('campaigns.status'),
              cell: (key) =>
                key.revokedAt ? (
                  <Badge>{t('apiKeys.revoked')}</Badge>
                ) : mayChange ? (
                  <Confirm
                    look="danger"
                    label={t('apiKeys.revoke')}
                    title={t('apiKeys.revokeTitle', { name: key.name })}
                    text={t('apiKeys.revokeText')}
                    confirm={t('apiKeys.revoke')}
                    action={revokeApiKey}
                  >
                    <input type="hidden" name="id" value={key.id} />
                  </Confirm>
                ) : (
                  <Badge tone="gain">{t('apiKeys.active')}</Badge>
                ),
            },
          ]}
        />
      )}
      <div role="status">
        {token ? (
          <div className="mx-4 my-3 rounded-md border border-warn bg-warn-soft p-3">
            <p className="font-medium text-warn">{t('apiKeys.once')}</p>
            <p className="mt-1">
              <Code>{token}</Code>
            </p>
          </div>
        ) : null}
      </div>
      {mayChange ? (
        <ActionForm
          action={createApiKey}
          onDone={(state) => setToken(state.value ?? null)}
          className="flex flex-wrap items-end gap-3 border-t border-line p-4"
        >
          <Field label={t('apiKeys.name')}>
            <input name="name" required maxLength={80} className="control" />
          </Field>
          <SelectField
            label={t('apiKeys.kind')}
            name="kind"
            options={[
              ['publishable', t('apiKeyKind.publishable')],
              ['secret', t('apiKeyKind.secret')],
            ]}
          />
          <Submit look="plain">{t('apiKeys.create')}</Submit>
        </ActionForm>
      ) : null}
    </>
  );
}
