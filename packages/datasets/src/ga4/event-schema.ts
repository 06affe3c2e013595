import { z } from 'zod';

/** BigQuery writes 64-bit integers as strings. */
const Numeric = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
const Text = z.union([z.string(), z.number().transform(String)]);

const Item = z.object({
  item_id: Text.nullish(),
  item_name: z.string().nullish(),
  item_category: z.string().nullish(),
  price: Numeric.nullish(),
  quantity: Numeric.nullish(),
});
export type Ga4Item = z.infer<typeof Item>;

const Param = z.object({
  key: z.string(),
  value: z.object({
    string_value: z.string().nullish(),
    int_value: Numeric.nullish(),
    float_value: Numeric.nullish(),
    double_value: Numeric.nullish(),
  }),
});

/** One event of GA4's BigQuery export, as far as it is used. */
export const Ga4Event = z.object({
  event_name: z.string(),
  event_timestamp: Numeric,
  user_pseudo_id: Text.nullish(),
  user_id: Text.nullish(),
  event_params: z.array(Param).nullish(),
  items: z.array(Item).nullish(),
  ecommerce: z.object({ transaction_id: Text.nullish(), shipping_value: Numeric.nullish() }).nullish(),
  geo: z.object({ country: z.string().nullish() }).nullish(),
});
export type Ga4Event = z.infer<typeof Ga4Event>;

/** A parameter's value as text, whatever its type. */
export function paramOf(event: Ga4Event, key: string): string | null {
  const value = event.event_params?.find((param) => param.key === key)?.value;
  const found = value?.string_value ?? value?.int_value ?? value?.double_value ?? value?.float_value;
  return found === null || found === undefined ? null : String(found);
}
