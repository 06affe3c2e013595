import type { Metadata } from 'next';
import { TryCart } from '@/features/promotions/try-cart.tsx';
import { TryCartFormQuery } from '@/features/promotions/try-cart.queries.ts';
import { currencyDigits } from '@/lib/format.ts';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { Empty, PageHead } from '@/ui/page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('place.try') };
}

export default async function TryCartPage() {
  const viewer = await requireViewer();
  const { products, campaigns, settings } = await query(TryCartFormQuery, {});
  const { t, f } = await reader();
  const { currency, timeZone } = settings;
  return (
    <>
      <PageHead title={t('place.try')} lead={t('tryCart.lead')} />
      {viewer.may('previewCart') ? (
        <TryCart
          products={products.nodes}
          money={{ currency, timeZone, minor: 10 ** currencyDigits(currency) }}
          campaignTitles={Object.fromEntries(campaigns.nodes.map(({ id, title }) => [id, f.text(title)]))}
        />
      ) : (
        <Empty title={t('tryCart.notYours')} why={t('tryCart.notYoursWhy')} />
      )}
    </>
  );
}
