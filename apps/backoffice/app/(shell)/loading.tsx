import { reader } from '@/lib/reader.ts';

export default async function Loading() {
  const { t } = await reader();
  return (
    <div role="status" aria-label={t('common.loading')} className="animate-pulse">
      <div className="mb-2 h-8 w-64 rounded bg-sunken" />
      <div className="mb-6 h-4 w-96 max-w-full rounded bg-sunken" />
      <div className="h-64 rounded-lg bg-sunken" />
    </div>
  );
}
