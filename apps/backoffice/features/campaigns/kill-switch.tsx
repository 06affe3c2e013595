'use client';
import { Confirm } from '@/ui/confirm.tsx';
import { Icon } from '@/ui/icon.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import { killAll, releaseKillSwitch } from './campaign.actions.ts';

export function KillSwitchNote({ mayRelease }: { mayRelease: boolean }) {
  const { t } = useReader();
  return (
    <div
      role="status"
      className="flex flex-wrap items-center justify-between gap-3 border-b border-loss bg-loss-soft px-4 py-2 text-loss md:px-8"
    >
      <span className="flex items-center gap-2 font-medium">
        <Icon name="stop" /> {t('kill.isOn')}
      </span>
      {mayRelease ? (
        <Confirm
          label={t('kill.release')}
          title={t('kill.releaseTitle')}
          text={t('kill.releaseText')}
          confirm={t('kill.release')}
          action={releaseKillSwitch}
        />
      ) : null}
    </div>
  );
}

export function KillSwitch() {
  const { t } = useReader();
  return (
    <Confirm
      look="danger"
      label={
        <>
          <Icon name="stop" /> {t('kill.all')}
        </>
      }
      title={t('kill.title')}
      text={t('kill.text')}
      confirm={t('kill.all')}
      action={killAll}
    />
  );
}
