'use client';
import { useReader } from './reader-provider.tsx';

const SHOWN = 20;

/** Plain data as words and values, for what has no screen of its own: `marginFloor` reads "margin floor". Not for numbers people decide on. */
export function DataTree({ value }: { value: unknown }) {
  const { t, f } = useReader();
  if (Array.isArray(value))
    return value.length === 0 ? (
      <Leaf>{t('common.none')}</Leaf>
    ) : (
      <ul className="flex flex-col gap-1">
        {value.slice(0, SHOWN).map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: stored data never changes its order
          <li key={index} className={isBranch(item) ? 'border-l-2 border-line pl-2' : ''}>
            <DataTree value={item} />
          </li>
        ))}
        {value.length > SHOWN ? <li className="text-muted">{t('common.andMore', { count: value.length - SHOWN })}</li> : null}
      </ul>
    );
  if (isBranch(value))
    return (
      <dl className="grid gap-x-3 gap-y-0.5 text-xs sm:grid-cols-[minmax(5rem,auto)_minmax(0,1fr)]">
        {Object.entries(value).map(([key, part]) => (
          <div key={key} className="contents">
            <dt className="text-muted">{wordsOf(key)}</dt>
            <dd className={`min-w-0 break-words ${isBranch(part) ? 'border-l-2 border-line pl-2' : ''}`}>
              <DataTree value={part} />
            </dd>
          </div>
        ))}
      </dl>
    );
  if (typeof value === 'boolean') return <Leaf>{t(value ? 'common.yes' : 'common.no')}</Leaf>;
  if (typeof value === 'number') return <Leaf>{f.number(value, 3)}</Leaf>;
  return <Leaf>{typeof value === 'string' && value !== '' ? value : '–'}</Leaf>;
}

const Leaf = ({ children }: { children: string }) => <span className="text-xs break-words">{children}</span>;
const isBranch = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** `isPromiseKept` → "is promise kept", `api-key` → "api key". Upper-case codes stay as they are. */
const wordsOf = (key: string): string =>
  key === key.toUpperCase()
    ? key
    : key
        .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
        .replaceAll(/[_-]/g, ' ')
        .toLowerCase();
