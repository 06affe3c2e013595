'use client';
import { Confirm } from '@/ui/confirm.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import { promoteModel, rollbackModel } from './model.actions.ts';

export function ModelActions({
  kind,
  candidates,
  mayRollback,
}: {
  kind: string;
  candidates: readonly { readonly id: string; readonly version: number }[];
  mayRollback: boolean;
}) {
  const { t } = useReader();
  return (
    <span className="flex flex-wrap gap-2 text-ink">
      {candidates.map(({ id, version }) => (
        <Confirm
          key={id}
          label={t('models.promote', { version })}
          title={t('models.promoteTitle', { version })}
          text={t('models.promoteText')}
          confirm={t('models.promote', { version })}
          action={promoteModel}
        >
          <input type="hidden" name="id" value={id} />
        </Confirm>
      ))}
      {mayRollback ? (
        <Confirm
          label={t('models.rollback')}
          title={t('models.rollbackTitle')}
          text={t('models.rollbackText')}
          confirm={t('models.rollback')}
          action={rollbackModel}
        >
          <input type="hidden" name="kind" value={kind} />
        </Confirm>
      ) : null}
    </span>
  );
}
