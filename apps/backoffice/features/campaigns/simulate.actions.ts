'use server';
import { z } from 'zod';
import type { SimulateQuery as Simulation } from '@/generated/graphql.ts';
import type { Problem } from '@/lib/action.ts';
import { assertSameOrigin } from '@/lib/origin.ts';
import { ApiFault, query } from '@/lib/query.ts';
import { SimulateQuery } from './campaigns.queries.ts';

const Input = z.object({
  campaignId: z.string().min(1),
  depthBasisPoints: z.number().int().optional(),
  segmentKeys: z.array(z.string()).optional(),
  days: z.number().int().optional(),
  budgetMinor: z.number().int().optional(),
});
export type WhatIfAnswer = { readonly simulation: Simulation['simulateProposal'] | null; readonly problems: readonly Problem[] };

/** Recomputes gain, cost and reach for changed terms; nothing is kept. */
export async function simulate(input: z.input<typeof Input>): Promise<WhatIfAnswer> {
  try {
    await assertSameOrigin();
    const { simulateProposal } = await query(SimulateQuery, { input: Input.parse(input) });
    return { simulation: simulateProposal, problems: simulateProposal.userErrors };
  } catch (fault) {
    if (fault instanceof ApiFault) return { simulation: null, problems: [{ message: fault.message, code: fault.digest }] };
    throw fault;
  }
}
