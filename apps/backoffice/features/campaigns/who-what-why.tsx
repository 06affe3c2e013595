import Link from 'next/link';
import { reader } from '@/lib/reader.ts';
import { Facts, Panel } from '@/ui/page.tsx';
import type { CampaignDetail } from './claim.tsx';

export async function Who({ campaign }: { campaign: CampaignDetail }) {
  const { t, f } = await reader();
  const { audience } = campaign;
  return (
    <Panel title={t('proposal.who')} aside={audience.isEverybody ? t('audience.all') : null}>
      <Facts
        rows={[
          [t('who.size'), t('audience.users', { size: f.number(audience.size) })],
          [
            t('who.holdout'),
            t('who.holdoutValue', { size: f.number(audience.heldOutSize), share: f.basisPoints(campaign.holdoutBasisPoints) }),
          ],
        ]}
      />
      <ul className="mt-3 flex flex-col gap-3">
        {audience.segments.map((segment) => (
          <li key={segment.key} className="border-t border-line pt-3">
            <Link href={`/segments/${segment.key}`} className="font-medium underline">
              {f.text(segment.name)}
            </Link>
            <p>{f.text(segment.portrait.sentence)}</p>
            <p className="text-xs text-muted">
              {t('segment.sizeAndValue', { size: f.number(segment.size), share: f.percent(segment.valueShare) })}
            </p>
            {segment.exampleUsers.length > 0 ? (
              <p className="text-xs">
                {t('who.examples')}:{' '}
                {segment.exampleUsers.map((user, index) => (
                  <span key={user.id}>
                    {index > 0 ? ', ' : ''}
                    <Link href={`/users/${encodeURIComponent(user.externalId)}`} className="underline">
                      {user.externalId}
                    </Link>
                  </span>
                ))}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export async function What({ campaign }: { campaign: CampaignDetail }) {
  const { t, f } = await reader();
  return (
    <Panel
      title={t('proposal.what')}
      aside={t('what.products', { count: campaign.promotions.reduce((sum, promotion) => sum + promotion.productCount, 0) })}
    >
      {campaign.promotions.map((promotion) => (
        <div key={promotion.id} className="mb-3 last:mb-0">
          <p className="font-medium">{f.text(promotion.sentence)}</p>
          {promotion.needsCode ? <p className="text-muted">{t('what.needsCode')}</p> : null}
          {promotion.products.length > 0 ? (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling with the keyboard needs a focusable region
            <section className="mt-2 overflow-x-auto" tabIndex={0} aria-label={f.text(promotion.sentence)}>
              <table className="w-full text-xs">
                <thead>
                  <tr className="text-muted">
                    <th scope="col" className="py-1 text-left font-medium">
                      {t('product.name')}
                    </th>
                    <th scope="col" className="py-1 pl-2 text-right font-medium">
                      {t('what.price')}
                    </th>
                    <th scope="col" className="py-1 pl-2 text-right font-medium">
                      {t('what.floor')}
                    </th>
                    <th scope="col" className="py-1 pl-2 text-right font-medium">
                      {t('product.stock')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {promotion.products.map((row) => (
                    <tr key={row.product.id} className="border-t border-line">
                      <th scope="row" className="py-1 text-left font-normal">
                        <Link href={`/products/${row.product.id}`} className="hover:underline">
                          {row.product.name}
                        </Link>
                      </th>
                      <td className="py-1 pl-2 text-right whitespace-nowrap">
                        {row.promotionPrice ? (
                          <>
                            <s className="text-muted">{f.money(row.price)}</s> {f.money(row.promotionPrice)}
                          </>
                        ) : (
                          f.money(row.price)
                        )}
                      </td>
                      <td className="py-1 pl-2 text-right whitespace-nowrap">{row.floor ? f.money(row.floor) : '–'}</td>
                      <td className="py-1 pl-2 text-right">{row.stock === null || row.stock === undefined ? '–' : f.number(row.stock)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          ) : null}
          {promotion.productCount > promotion.products.length ? (
            <p className="mt-1 text-xs text-muted">{t('what.more', { count: promotion.productCount - promotion.products.length })}</p>
          ) : null}
        </div>
      ))}
      <div className="mt-3 border-t border-line pt-3">
        <Facts
          rows={[
            [t('form.budget'), f.money(campaign.budget.budget)],
            [t('form.maxRedemptions'), campaign.budget.maxRedemptions ? f.number(campaign.budget.maxRedemptions) : t('common.noLimit')],
            [t('form.maxPerUser'), campaign.budget.maxPerUser ? f.number(campaign.budget.maxPerUser) : t('common.noLimit')],
            [t('form.exclusive'), campaign.isExclusive ? t('common.yes') : t('common.no')],
          ]}
        />
      </div>
    </Panel>
  );
}

export async function Why({ campaign }: { campaign: CampaignDetail }) {
  const { t, f } = await reader();
  const { evidence } = campaign;
  if (!evidence)
    return (
      <Panel title={t('proposal.why')}>
        <p className="text-muted">{t('claim.noEvidence')}</p>
      </Panel>
    );
  return (
    <Panel title={t('proposal.why')}>
      <ul className="flex list-disc flex-col gap-1.5 pl-4">
        {evidence.reasons.map((reason) => (
          <li key={reason.text.en}>{f.text(reason.text)}</li>
        ))}
      </ul>
      {evidence.similarCampaigns.length > 0 ? (
        <>
          <h3 className="mt-4 mb-1 text-xs font-medium text-muted">{t('why.similar')}</h3>
          <ul className="flex flex-col gap-1">
            {evidence.similarCampaigns.map(({ campaign: past, promised, measured }) => (
              <li key={past.id} className="flex flex-wrap justify-between gap-x-3">
                <Link href={`/campaigns/${past.id}/result`} className="underline">
                  {f.text(past.title)}
                </Link>
                <span className="text-xs">
                  {promised ? `${t('word.promised')} ${f.money(promised, { isSigned: true, stepMinor: 100 })}` : ''}
                  {measured ? ` · ${t('word.measured')} ${f.money(measured, { isSigned: true, stepMinor: 100 })}` : ''}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {evidence.assumptions.length > 0 ? (
        <>
          <h3 className="mt-4 mb-1 text-xs font-medium text-muted">{t('why.wouldChange')}</h3>
          <ul className="flex list-disc flex-col gap-1 pl-4 text-xs">
            {evidence.assumptions.map((assumption) => (
              <li key={assumption.text.en}>{f.text(assumption.text)}</li>
            ))}
          </ul>
        </>
      ) : null}
    </Panel>
  );
}
