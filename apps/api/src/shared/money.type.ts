import { formatMoney } from '@promolift/domain';
import { Arg, Field, ObjectType } from 'type-graphql';
import { requireLocale } from './locale.ts';
import { MinorUnits } from './scalars.ts';

@ObjectType('Money', { description: 'An amount in one currency, exact.' })
export class MoneyType {
  @Field(() => MinorUnits, { description: 'Amount in minor units (cents).' })
  amountMinor: number;

  @Field(() => String, { description: 'ISO 4217 code.' })
  currency: string;

  constructor(amountMinor: number, currency: string) {
    this.amountMinor = amountMinor;
    this.currency = currency;
  }

  @Field(() => String, { description: 'The amount as a reader of this locale writes it.' })
  formatted(@Arg('locale', () => String, { nullable: true, description: 'BCP 47 tag; default en.' }) locale: string | undefined): string {
    return formatMoney(this.amountMinor, this.currency, requireLocale(locale));
  }
}

/** `moneyOf(1250, 'EUR')`; the way every slice makes its Money. */
export const moneyOf = (amountMinor: number, currency: string): MoneyType => new MoneyType(amountMinor, currency);

/** The same for a column that may be null. */
export const moneyOrNull = (amountMinor: number | null | undefined, currency: string): MoneyType | null =>
  amountMinor === null || amountMinor === undefined ? null : new MoneyType(amountMinor, currency);
