'use server';
import type { DescribeQuery as Description, RehearseQuery as Rehearsed } from '@/generated/graphql.ts';
import type { Problem } from '@/lib/action.ts';
import { field } from '@/lib/action.ts';
import { assertSameOrigin } from '@/lib/origin.ts';
import { ApiFault, query } from '@/lib/query.ts';
import { contentOf } from './campaign-content.ts';
import { DescribeQuery, RehearseQuery } from './rehearse.queries.ts';

export type Slice = NonNullable<Rehearsed['rehearseCampaign']['rehearsal']>;
export interface RehearseAnswer<Value> {
  readonly value: Value | null;
  readonly problems: readonly Problem[];
}

async function ask<Value>(run: () => Promise<RehearseAnswer<Value>>): Promise<RehearseAnswer<Value>> {
  try {
    await assertSameOrigin();
    return await run();
  } catch (fault) {
    // Half a form: a date or number is being typed.
    if (fault instanceof RangeError) return { value: null, problems: [] };
    if (fault instanceof ApiFault) return { value: null, problems: [{ message: fault.message, code: fault.digest }] };
    throw fault;
  }
}

/** A name may be missing while the rule is written. */
const draftOf = (form: FormData) => {
  const content = contentOf(form);
  return { campaignId: field(form, 'id') || null, content: { ...content, name: content.name || '–' } };
};

/** Sentences and guardrails of what the form says now. */
export async function describe(form: FormData): Promise<RehearseAnswer<Description['describeCampaign']>> {
  return ask(async () => {
    const { describeCampaign } = await query(DescribeQuery, { input: draftOf(form) });
    return { value: describeCampaign.userErrors.length > 0 ? null : describeCampaign, problems: describeCampaign.userErrors };
  });
}

/** The next slice of last month's carts under what the form says now. */
export async function rehearse(form: FormData, after: number): Promise<RehearseAnswer<Slice>> {
  return ask(async () => {
    const { rehearseCampaign } = await query(RehearseQuery, { input: { ...draftOf(form), after } });
    return { value: rehearseCampaign.rehearsal ?? null, problems: rehearseCampaign.userErrors };
  });
}
