import { attributesOf, type ReadContext, unstatedConsent } from '../shared/reader.ts';
import type { Groups } from './tables.ts';

/** Emits each household once, with what is known about it. */
export class Households {
  private readonly seen = new Set<string>();
  private readonly context: ReadContext;
  private readonly campaigns: Groups;
  private readonly redemptions: Groups;

  constructor(context: ReadContext, campaigns: Groups, redemptions: Groups) {
    this.context = context;
    this.campaigns = campaigns;
    this.redemptions = redemptions;
  }

  /** `true` when the household is new. */
  emit(household: string, described: Record<string, string> = {}): boolean {
    if (this.seen.has(household)) return false;
    this.seen.add(household);
    const { consent, attributes } = unstatedConsent(this.context.options);
    const more = attributesOf({
      campaigns: this.campaigns.get(household)?.join(' '),
      coupon_redemptions: this.redemptions.get(household)?.length.toString(),
    });
    this.context.sink.push({
      kind: 'user',
      externalId: household,
      createdAt: null,
      consent,
      email: null,
      attributes: { ...attributes, ...described, ...more },
    });
    return true;
  }
}
