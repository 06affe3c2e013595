'use client';
import { Confirm } from '@/ui/confirm.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import { cancelJob } from './model.actions.ts';

export function CancelJob({ id }: { id: string }) {
  const { t } = useReader();
  return (
    <Confirm
      label={t('common.cancel')}
      title={t('jobs.cancelTitle')}
      text={t('jobs.cancelText')}
      confirm={t('jobs.cancel')}
      action={cancelJob}
    >
      <input type="hidden" name="id" value={id} />
    </Confirm>
  );
}
