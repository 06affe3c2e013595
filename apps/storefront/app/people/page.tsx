import type { Promolift } from '@promolift/sdk';
import type { Metadata } from 'next';
import { switchShopper } from '@/actions/visitor.actions.ts';
import { textIn } from '@/lib/format.ts';
import { createLastKnown } from '@/lib/last-known.ts';
import { openShop, type Shop } from '@/lib/shop.ts';
import { Frame } from '@/ui/frame.tsx';
import { SubmitButton } from '@/ui/submit-button.tsx';

export const metadata: Metadata = { title: 'Who is shopping?' };
type Person = Awaited<ReturnType<Promolift['users']>>['nodes'][number];
const lastPeople = createLastKnown<Person[]>();
const PER_SEGMENT = 3;
const SHOWN = 15;

export default async function PeoplePage() {
  const shop = await openShop();
  const { words, session } = shop;
  const { value, isFresh } = await lastPeople.load('people', () => findPeople(shop));
  if (!isFresh) shop.state.isAway = true;
  return (
    <Frame shop={shop}>
      <div className="mx-auto max-w-2xl">
        <h1 className="text-2xl font-bold">{words.who}</h1>
        <p className="mb-4 text-muted">{words.whoNote}</p>
        <form action={switchShopper} className="mb-4 flex gap-2">
          <label className="sr-only" htmlFor="userId">
            {words.byNumber}
          </label>
          <input id="userId" name="userId" className="field" placeholder={words.byNumber} maxLength={80} autoComplete="off" required />
          <SubmitButton>{words.switchTo}</SubmitButton>
        </form>
        <ul className="space-y-2">
          <PersonRow userId="" title={words.guest} note={words.beGuest} isCurrent={session.userId === null} current={words.current} />
          {(value ?? []).map((person) => (
            <PersonRow
              key={person.id}
              userId={person.externalId}
              title={person.externalId}
              note={segmentsOf(person, shop)}
              isCurrent={session.userId === person.externalId}
              current={words.current}
            />
          ))}
        </ul>
      </div>
    </Frame>
  );
}

function PersonRow({
  userId,
  title,
  note,
  isCurrent,
  current,
}: {
  userId: string;
  title: string;
  note: string;
  isCurrent: boolean;
  current: string;
}) {
  return (
    <li>
      <form action={switchShopper}>
        <input type="hidden" name="userId" value={userId} />
        <SubmitButton className="card flex w-full items-center justify-between gap-3 px-4 py-3 text-left hover:bg-sunken">
          <span>
            <span className="block font-semibold">{title}</span>
            <span className="block text-sm text-muted">{note}</span>
          </span>
          {isCurrent && <span className="rounded-full bg-brand px-3 py-1 text-sm font-semibold text-brand-ink">{current}</span>}
        </SubmitButton>
      </form>
    </li>
  );
}

const segmentsOf = ({ segments }: Person, { words, locale }: Shop): string =>
  segments.map(({ name }) => textIn(name, locale)).join(' · ') || words.noSegments;

/** A few shoppers of each segment, so that the difference shows. */
async function findPeople({ promolift }: Shop): Promise<Person[]> {
  const [best, recent] = await Promise.all([
    promolift.users({ first: 50, sort: 'MONETARY_DESC' }),
    promolift.users({ first: 50, sort: 'RECENCY_ASC' }),
  ]);
  const seen = new Map<string, number>();
  const chosen = new Map<string, Person>();
  for (const person of [...best.nodes, ...recent.nodes]) {
    const key = person.segments[0]?.key ?? '';
    const count = seen.get(key) ?? 0;
    if (count >= PER_SEGMENT || chosen.has(person.id) || chosen.size === SHOWN) continue;
    seen.set(key, count + 1);
    chosen.set(person.id, person);
  }
  return [...chosen.values()];
}
