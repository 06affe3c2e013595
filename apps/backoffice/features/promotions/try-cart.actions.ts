'use server';
import { z } from 'zod';
import type { PreviewCartQuery as Previewed } from '@/generated/graphql.ts';
import type { Problem } from '@/lib/action.ts';
import { field } from '@/lib/action.ts';
import { assertSameOrigin } from '@/lib/origin.ts';
import { ApiFault, query } from '@/lib/query.ts';
import { toInstant } from '@/lib/zoned-time.ts';
import { PreviewCartQuery } from './try-cart.queries.ts';

export type TriedCart = NonNullable<Previewed['previewCart']['evaluation']>;
export interface TryCartState {
  readonly cart: TriedCart | null;
  readonly problems: readonly Problem[];
}
const Lines = z.array(z.object({ sku: z.string().trim(), quantity: z.number().int().min(1) }));

/** A dry run of the cart in the form; nothing is kept. */
export async function tryCart(_previous: TryCartState, form: FormData): Promise<TryCartState> {
  const at = field(form, 'at');
  try {
    await assertSameOrigin();
    const { previewCart } = await query(PreviewCartQuery, {
      cart: {
        currency: field(form, 'currency'),
        lines: Lines.parse(JSON.parse(field(form, 'lines'))).filter(({ sku }) => sku !== ''),
        codes: field(form, 'codes')
          .split(/[\s,，、]+/)
          .filter(Boolean),
        userId: field(form, 'userId') || null,
        shippingMinor: Math.round(Number(field(form, 'shipping') || 0) * Number(field(form, 'minor') || 100)),
        channel: field(form, 'channel') || null,
        country: field(form, 'country') || null,
        paymentMethod: field(form, 'paymentMethod') || null,
      },
      at: at ? toInstant(at, field(form, 'timeZone')) : null,
      includeDrafts: form.get('includeDrafts') === 'on',
    });
    return { cart: previewCart.evaluation ?? null, problems: previewCart.userErrors };
  } catch (fault) {
    if (fault instanceof ApiFault) return { cart: null, problems: [{ message: fault.message, code: fault.digest }] };
    throw fault;
  }
}
