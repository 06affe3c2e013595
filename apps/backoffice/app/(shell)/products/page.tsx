import type { Metadata } from 'next';
import Link from 'next/link';
import { ProductsQuery } from '@/features/products/products.queries.ts';
import { oneOf } from '@/lib/choice.ts';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { ButtonLink } from '@/ui/button.tsx';
import { SelectField } from '@/ui/field.tsx';
import { FilterBar } from '@/ui/filter-bar.tsx';
import { Badge, Empty, PageHead, Panel } from '@/ui/page.tsx';
import { Pager } from '@/ui/pager.tsx';
import { Table } from '@/ui/table.tsx';

const sorts = ['NAME_ASC', 'NAME_DESC', 'PRICE_ASC', 'PRICE_DESC', 'STOCK_ASC', 'STOCK_DESC', 'NEWEST'] as const;
type Search = { searchParams: Promise<{ after?: string; search?: string; category?: string; sort?: string; cost?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('place.products') };
}

export default async function ProductsPage({ searchParams }: Search) {
  await requireViewer();
  const { after, search, category, sort, cost } = await searchParams;
  const { t, f } = await reader();
  const { products, categories } = await query(ProductsQuery, {
    first: 50,
    after: after ?? null,
    sort: oneOf(sorts, sort),
    filter: {
      ...(search ? { search } : {}),
      ...(category ? { categoryKey: category } : {}),
      ...(cost === 'missing' ? { hasCost: false } : {}),
    },
  });
  const isFiltered = Boolean(search || category || cost);
  return (
    <>
      <PageHead title={t('place.products')} lead={t('products.lead', { count: products.totalCount })} />
      <FilterBar label={t('common.filter')} search={search} searchLabel={t('products.search')} submit={t('common.apply')}>
        <SelectField
          label={t('product.category')}
          name="category"
          defaultValue={category ?? ''}
          options={[['', t('common.all')], ...categories.map(({ key, name }) => [key, name] as const)]}
        />
        <SelectField
          label={t('product.cost')}
          name="cost"
          defaultValue={cost ?? ''}
          options={[
            ['', t('common.all')],
            ['missing', t('products.costMissing')],
          ]}
        />
        <SelectField
          label={t('common.sort')}
          name="sort"
          defaultValue={sort ?? 'NAME_ASC'}
          options={sorts.map((choice) => [choice, t(`productSort.${choice}`)] as const)}
        />
      </FilterBar>
      {products.nodes.length === 0 ? (
        isFiltered ? (
          <Empty
            title={t('common.noMatch')}
            why={t('common.noMatchWhy')}
            action={<ButtonLink href="/products">{t('common.clear')}</ButtonLink>}
          />
        ) : (
          <Empty
            title={t('products.emptyTitle')}
            why={t('products.emptyWhy')}
            action={
              <ButtonLink look="primary" href="/imports">
                {t('imports.start')}
              </ButtonLink>
            }
          />
        )
      ) : (
        <Panel isFlush>
          <Table
            caption={t('place.products')}
            rows={products.nodes}
            rowKey={(product) => product.id}
            columns={[
              {
                key: 'name',
                head: t('product.name'),
                cell: (product) => (
                  <>
                    <Link href={`/products/${product.id}`} className="font-medium underline">
                      {product.name}
                    </Link>{' '}
                    {product.isActive ? null : <Badge>{t('product.inactive')}</Badge>}
                    <span className="block text-xs text-muted">{product.sku}</span>
                  </>
                ),
              },
              { key: 'category', head: t('product.category'), cell: (product) => product.category?.name ?? '–', isMinor: true },
              {
                key: 'price',
                head: t('product.price'),
                cell: (product) => (
                  <>
                    {f.money(product.price)}
                    {product.floor ? (
                      <span className="block text-xs text-muted">{t('product.floorIs', { floor: f.money(product.floor) })}</span>
                    ) : null}
                  </>
                ),
                isNumber: true,
              },
              {
                key: 'cost',
                head: t('product.cost'),
                cell: (product) => (product.cost ? f.money(product.cost) : <Badge tone="warn">{t('products.costMissing')}</Badge>),
                isNumber: true,
              },
              {
                key: 'stock',
                head: t('product.stock'),
                cell: (product) => (typeof product.stock === 'number' ? f.number(product.stock) : t('product.notCounted')),
                isNumber: true,
              },
              {
                key: 'cover',
                head: t('product.cover'),
                cell: (product) =>
                  typeof product.stockCoverDays === 'number'
                    ? t('unit.days', { count: Math.round(product.stockCoverDays) })
                    : typeof product.stock === 'number' && product.forecast
                      ? t('product.coverLonger')
                      : '–',
                isNumber: true,
                isMinor: true,
              },
            ]}
          />
        </Panel>
      )}
      <Pager
        path="/products"
        parameters={{ search, category, sort, cost }}
        endCursor={products.pageInfo.endCursor}
        hasNextPage={products.pageInfo.hasNextPage}
        isFirst={!after}
        words={{ next: t('common.next'), first: t('common.first'), label: t('common.pages') }}
      />
    </>
  );
}
