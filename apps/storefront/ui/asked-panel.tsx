import type { QueryRecord } from '@promolift/sdk';
import { stepsOf } from '@/lib/asked.ts';
import { prettyQuery } from '@/lib/pretty-query.ts';
import type { Shop } from '@/lib/shop.ts';
import type { Words } from '@/lib/words.ts';
import { CopyButton } from './copy-button.tsx';

const MAX_ANSWER_CHARACTERS = 6_000;

/** Shows each GraphQL operation behind the page: document, variables, answer, time, and who served it. */
export function AskedPanel({ shop }: { shop: Shop }) {
  const { words } = shop;
  const asked = shop.asked.toSorted((a, b) => interest(b) - interest(a));
  const steps = stepsOf(shop.session.anonymousId);
  return (
    <>
      <button
        type="button"
        popoverTarget="asked"
        className="fixed right-3 bottom-3 z-10 flex min-h-11 items-center gap-2 rounded-full border border-line-strong bg-surface px-4 text-sm font-semibold shadow-lg hover:bg-sunken"
      >
        <span aria-hidden="true" className="font-mono text-link">
          {'{ }'}
        </span>
        <span className="max-sm:sr-only">{words.asked}</span>
        <span className="rounded-full bg-sunken px-2 text-xs">{asked.length}</span>
      </button>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section id="asked" popover="auto" className="asked" aria-labelledby="asked-title" tabIndex={0}>
        <div className="flex items-start justify-between gap-4">
          <h2 id="asked-title" className="text-lg font-bold">
            {words.asked}
          </h2>
          <button type="button" popoverTarget="asked" popoverTargetAction="hide" className="button-quiet">
            {words.close}
          </button>
        </div>
        <p className="mb-4 text-sm text-muted">{words.askedNote}</p>
        {asked.length === 0 ? (
          <p>{words.askedNothing}</p>
        ) : (
          asked.map((record, index) => (
            <Asked key={`${record.operation} ${record.milliseconds}`} record={record} words={words} isOpen={index === 0} />
          ))
        )}
        {steps.length > 0 && <h3 className="mt-6 mb-2 font-bold">{words.askedSteps}</h3>}
        {steps.map((record) => (
          <Asked key={`${record.operation} ${record.milliseconds}`} record={record} words={words} isOpen={false} />
        ))}
      </section>
    </>
  );
}

/** What decides something stands above what only fills shelves. */
const DECIDING = ['Categories', 'Products', 'ProductByKey', 'Users', 'OrderByKey', 'Offers', 'Recommendations', 'EvaluateCart'];
const interest = ({ operation }: QueryRecord) => DECIDING.indexOf(operation);

function Asked({ record, words, isOpen }: { record: QueryRecord; words: Words; isOpen: boolean }) {
  const answer = JSON.stringify('data' in record.result ? record.result.data : record.result, null, 2);
  const servedBy = /"servedBy": "(\w+)"/.exec(answer)?.[1];
  return (
    <details open={isOpen} className="mb-2 rounded-xl border border-line">
      <summary className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
        <span className="font-mono text-sm font-semibold">{record.operation}</span>
        {'error' in record.result && <span className="text-sm font-semibold text-bad">{record.result.error.code}</span>}
        {servedBy && (
          <span className="rounded-full bg-save-soft px-2 text-xs font-semibold text-save">{`${words.servedBy} ${servedBy}`}</span>
        )}
        <span className="ml-auto text-sm text-muted">{`${Math.round(record.milliseconds)} ${words.ms}`}</span>
      </summary>
      <div className="space-y-3 px-3 pb-3">
        <Code title={words.query} text={prettyQuery(record.document)} words={words} />
        <Code title={words.variables} text={JSON.stringify(record.variables, null, 2)} words={words} />
        <Code title={words.answer} text={answer} words={words} />
      </div>
    </details>
  );
}

function Code({ title, text, words }: { title: string; text: string; words: Words }) {
  const shown = text.length > MAX_ANSWER_CHARACTERS ? `${text.slice(0, MAX_ANSWER_CHARACTERS)}\n…` : text;
  return (
    <div>
      <div className="mb-1 flex items-center justify-between">
        <p className="text-sm font-semibold">{title}</p>
        <CopyButton text={text} label={words.copy} done={words.copied} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre tabIndex={0} className="max-h-56 overflow-auto rounded-lg bg-code p-3 font-mono text-xs">
        {shown}
      </pre>
    </div>
  );
}
