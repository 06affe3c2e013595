import { revalidatePath } from 'next/cache';
import { unstable_rethrow } from 'next/navigation';
import { assertSameOrigin } from './origin.ts';
import { ApiFault } from './query.ts';

export interface Problem {
  readonly message: string;
  readonly code: string;
  readonly field?: readonly string[] | null;
}
/** What an action says to its form. `value`: something to show once (a key) or to follow (a job's id). */
export interface ActionState {
  readonly outcome: 'idle' | 'done' | 'refused';
  readonly problems: readonly Problem[];
  readonly value?: string;
}

export interface Outcome {
  readonly userErrors: readonly Problem[];
  readonly value?: string | null;
}

/** Runs one decision: same origin only, refusals and faults are returned to be shown, pages are fetched anew. */
export async function act(run: () => Promise<Outcome>): Promise<ActionState> {
  try {
    await assertSameOrigin();
    const { userErrors, value } = await run();
    if (userErrors.length > 0)
      return { outcome: 'refused', problems: userErrors.map(({ message, code, field }) => ({ message, code, field })) };
    revalidatePath('/', 'layout');
    return { outcome: 'done', problems: [], ...(value ? { value } : {}) };
  } catch (fault) {
    unstable_rethrow(fault);
    if (fault instanceof ApiFault) return { outcome: 'refused', problems: [{ message: fault.message, code: fault.digest }] };
    throw fault;
  }
}

/** A field of a form as text; absent and file fields are the empty string. */
export function field(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
/** A number, or undefined where the field is empty or not a number. */
export function numberField(form: FormData, name: string): number | undefined {
  const text = field(form, name);
  const value = Number(text);
  return text === '' || !Number.isFinite(value) ? undefined : value;
}
