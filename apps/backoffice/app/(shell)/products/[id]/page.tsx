import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { FanChart } from '@/features/forecasts/fan-chart.tsx';
import { DailyUnitsChart, PriceChart } from '@/features/products/product-charts.tsx';
import { ProductQuery } from '@/features/products/products.queries.ts';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { Badge, Figure, Figures, PageHead, Panel } from '@/ui/page.tsx';

type Params = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('product.name') };
}

export default async function ProductPage({ params }: Params) {
  await requireViewer();
  const { product } = await query(ProductQuery, { id: (await params).id });
  if (!product) notFound();
  const { t, f, name } = await reader();
  const margin = product.cost && product.price.amountMinor > 0 ? 1 - product.cost.amountMinor / product.price.amountMinor : null;
  return (
    <>
      <PageHead
        kicker={
          <span className="flex gap-2">
            {product.sku}
            {product.category ? <Badge>{product.category.name}</Badge> : null}
            {product.isActive ? null : <Badge tone="warn">{t('product.inactive')}</Badge>}
          </span>
        }
        title={product.name}
      />
      <div className="flex flex-col gap-4">
        <Panel>
          <Figures>
            <Figure
              label={t('product.price')}
              value={f.money(product.price)}
              detail={product.floor ? t('product.floorIs', { floor: f.money(product.floor) }) : undefined}
            />
            <Figure
              label={t('product.cost')}
              value={product.cost ? f.money(product.cost) : t('products.costMissing')}
              detail={margin === null ? t('product.noCostNoPromotion') : t('product.marginIs', { share: f.percent(margin) })}
            />
            <Figure
              label={t('product.stock')}
              value={typeof product.stock === 'number' ? f.number(product.stock) : t('product.notCounted')}
              detail={
                typeof product.stockCoverDays === 'number'
                  ? t('product.coverIs', { count: Math.round(product.stockCoverDays) })
                  : typeof product.stock === 'number' && product.forecast
                    ? t('product.coverIsLonger')
                    : undefined
              }
            />
            <Figure
              label={t('product.elasticity')}
              value={product.elasticity ? f.number(product.elasticity.mean, 2) : t('common.unknown')}
              detail={
                product.elasticity
                  ? `80%: ${f.number(product.elasticity.lower80, 2)} … ${f.number(product.elasticity.upper80, 2)}${product.elasticity.sampleSize ? ` · n = ${f.number(product.elasticity.sampleSize)}` : ''}`
                  : undefined
              }
            />
          </Figures>
          {product.elasticity ? (
            <p className="mt-3 text-xs text-muted">{t('product.elasticityMeans', { units: f.number(-product.elasticity.mean * 10, 0) })}</p>
          ) : null}
        </Panel>
        <Panel
          title={t('forecast.title')}
          aside={
            product.forecast
              ? t('forecast.by', { algorithm: name('algorithm', product.forecast.algorithm), version: product.forecast.model.version })
              : undefined
          }
        >
          {product.forecast ? <FanChart forecast={product.forecast} /> : <p className="text-muted">{t('forecast.none')}</p>}
        </Panel>
        <div className="grid gap-4 xl:grid-cols-2">
          <Panel title={t('product.dailyUnits')}>
            <DailyUnitsChart days={product.dailyUnits} priceHistory={product.priceHistory} />
          </Panel>
          <Panel title={t('product.priceHistory')}>
            <PriceChart history={product.priceHistory} />
          </Panel>
        </div>
      </div>
    </>
  );
}
