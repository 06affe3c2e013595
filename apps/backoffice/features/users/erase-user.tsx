'use client';
import { Confirm } from '@/ui/confirm.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import { eraseUser } from './user.actions.ts';

export function EraseUser({ externalId }: { externalId: string }) {
  const { t } = useReader();
  return (
    <Confirm
      look="danger"
      label={t('user.erase')}
      title={t('user.eraseTitle', { user: externalId })}
      text={t('user.eraseText')}
      confirm={t('user.erase')}
      action={eraseUser}
    >
      <input type="hidden" name="externalId" value={externalId} />
    </Confirm>
  );
}
