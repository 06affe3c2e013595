'use server';
import { z } from 'zod';
import type { ActionState } from '@/lib/action.ts';
import { act, field, numberField } from '@/lib/action.ts';
import { query } from '@/lib/query.ts';
import { UpdateSettingsMutation } from './staff.queries.ts';

const Groups = z.array(z.object({ key: z.string(), mode: z.string() }));
const Pairs = z.array(z.array(z.string()));

/** How campaigns share a cart; the other settings stay. */
export async function updateStacking(_previous: ActionState, form: FormData): Promise<ActionState> {
  return act(
    async () =>
      (
        await query(UpdateSettingsMutation, {
          input: {
            expectedVersion: numberField(form, 'version') ?? 0,
            promotionGroups: Groups.parse(JSON.parse(field(form, 'promotionGroups'))),
            separateGroups: Pairs.parse(JSON.parse(field(form, 'separateGroups'))),
            maxOrderDiscountBasisPoints: Math.round((numberField(form, 'maxOrderDiscountPercent') ?? 100) * 100),
            percentBase: field(form, 'percentBase'),
            rounding: field(form, 'rounding'),
          },
        })
      ).updateSettings,
  );
}
