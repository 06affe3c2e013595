import { Submit } from '@/ui/action-form.tsx';
import { useReader } from '@/ui/reader-provider.tsx';

/** The foot of a form of settings. */
export function SaveSettings({ isReadOnly }: { isReadOnly: boolean }) {
  const { t } = useReader();
  return isReadOnly ? (
    <p className="mt-4 text-xs text-muted">{t('settings.readOnly')}</p>
  ) : (
    <div className="mt-4">
      <Submit>{t('common.save')}</Submit>
    </div>
  );
}
