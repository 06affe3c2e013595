import type { QueryRecord } from '@promolift/sdk';

const MAX_VISITORS = 200;
const MAX_RECORDS = 6;
const declared = globalThis as typeof globalThis & { marigoldSteps?: Map<string, QueryRecord[]> };

// Pages and actions are bundled apart and would each have a map of their own.
const stepsByVisitor = (declared.marigoldSteps ??= new Map());

/** Keeps what an action or an event asked, to be shown on the visitor's next page. */
export function rememberStep(visitorId: string, record: QueryRecord): void {
  const records = [record, ...(stepsByVisitor.get(visitorId) ?? [])].slice(0, MAX_RECORDS);
  stepsByVisitor.delete(visitorId);
  stepsByVisitor.set(visitorId, records);
  const [oldest] = stepsByVisitor.keys();
  if (stepsByVisitor.size > MAX_VISITORS && oldest !== undefined) stepsByVisitor.delete(oldest);
}

export const stepsOf = (visitorId: string): readonly QueryRecord[] => stepsByVisitor.get(visitorId) ?? [];
