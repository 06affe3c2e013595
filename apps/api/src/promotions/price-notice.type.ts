import { NO_REDUCTION_REASONS, type NoReductionReason, PERSONAL_PRICE_DISCLOSURE } from '@promolift/domain';
import type { PriceNotice } from '@promolift/services';
import { Field, Int, ObjectType } from 'type-graphql';
import { enumType } from '../shared/enum-type.ts';
import { MoneyType, moneyOf, moneyOrNull } from '../shared/money.type.ts';
import { DateTime } from '../shared/scalars.ts';
import { LocalisedTextType, textOf } from '../shared/text.type.ts';

const NoReductionReasonEnum = enumType('NoReductionReason', 'Why no reduction may be announced.', {
  NO_PRICE_BEFORE: 'No price is on record before it began.',
  NEW_PRODUCT: 'On sale for less than 30 days, and the shop does not announce reductions of new products.',
  NOT_BELOW_PRIOR_PRICE: 'The price is not below the lowest one of the 30 days before.',
  NOT_REDUCED: 'The price was not reduced in the last 30 days.',
});

@ObjectType('UnitPrice', { description: 'Price of a kilogram, litre, metre or piece.' })
export class UnitPriceType {
  @Field(() => MoneyType, { description: 'The price.' })
  price!: MoneyType;

  @Field(() => String, { description: 'kg, l, m or piece.' })
  per!: string;
}

@ObjectType('PriceNotice', { description: 'What may and must be said beside a price.' })
export class PriceNoticeType {
  @Field(() => MoneyType, {
    nullable: true,
    description: 'Lowest price of the 30 days before the reduction began, per unit; null where no price is on record.',
  })
  priorPrice!: MoneyType | null;

  @Field(() => Boolean, { description: 'May the price be called reduced?' })
  mayAnnounceReduction!: boolean;

  @Field(() => Int, { description: 'Saving as a share of the prior price, rounded down, in basis points; 0 where none may be announced.' })
  announcedReductionBasisPoints!: number;

  @Field(() => NoReductionReasonEnum, { nullable: true, description: 'Why it may not be called reduced; null where it may.' })
  reason!: NoReductionReason | null;

  @Field(() => LocalisedTextType, { nullable: true, description: 'That reason, in words.' })
  reasonText!: LocalisedTextType | null;

  @Field(() => UnitPriceType, { nullable: true, description: 'Unit price; null where the catalogue does not say how much a unit holds.' })
  unitPrice!: UnitPriceType | null;

  @Field(() => DateTime, { nullable: true, description: 'When the promotions in the price began; null without promotions.' })
  validFrom!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'First instant at which one of them no longer holds; null without promotions.' })
  validUntil!: Date | null;

  @Field(() => Boolean, { description: 'Was it made for this shopper? Then `disclosure` must be shown.' })
  isPersonalised!: boolean;

  @Field(() => LocalisedTextType, { nullable: true, description: 'The sentence to show beside a personal price; null for others.' })
  disclosure!: LocalisedTextType | null;
}

/** The sentence to show beside a personal price or offer; null for others. */
export const disclosureOf = ({ isPersonalised }: { isPersonalised: boolean }): LocalisedTextType | null =>
  isPersonalised ? textOf(PERSONAL_PRICE_DISCLOSURE) : null;

export function toPriceNotice(notice: PriceNotice): PriceNoticeType {
  const { currency, unitPrice, reason } = notice;
  return {
    priorPrice: moneyOrNull(notice.priorPriceMinor, currency),
    mayAnnounceReduction: notice.mayAnnounceReduction,
    announcedReductionBasisPoints: notice.announcedReductionBasisPoints,
    reason,
    reasonText: reason && textOf(NO_REDUCTION_REASONS[reason]),
    unitPrice: unitPrice && { price: moneyOf(unitPrice.amountMinor, currency), per: unitPrice.per },
    validFrom: notice.validFrom,
    validUntil: notice.validUntil,
    isPersonalised: notice.isPersonalised,
    disclosure: disclosureOf(notice),
  };
}
