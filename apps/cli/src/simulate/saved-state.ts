import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { continueFrom, initialState, type Offer, type Shop, type ShopState } from '@promolift/simulator';
import { z } from 'zod';

const Saved = z.object({
  nextDay: z.int(),
  satiation: z.string(),
  touchedDay: z.string(),
  recentSpendMinor: z.string(),
  lapsedOnDay: z.string(),
  stock: z.string(),
  due: z.array(z.object({ day: z.int(), rows: z.array(z.object({ at: z.coerce.date() }).loose()) })),
});

/** What was offered on one simulated day: the offers, and which users saw which of them. */
export type PlayedDay = { day: number; offers: { campaignId: string; offer: Offer }[]; groups: { offers: number[]; users: string[] }[] };

const folderOf = (home: string): string => join(home, 'simulation');
const bytesOf = (array: Float32Array | Int16Array | Int32Array): string =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64');

function fill(array: Float32Array | Int16Array | Int32Array, text: string): void {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.byteLength !== array.byteLength) throw new RangeError('The saved simulation belongs to a shop of another size.');
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(bytes);
}

async function save(path: string, state: ShopState): Promise<void> {
  const saved = {
    nextDay: state.nextDay,
    due: state.due,
    satiation: bytesOf(state.satiation),
    touchedDay: bytesOf(state.touchedDay),
    recentSpendMinor: bytesOf(state.recentSpendMinor),
    lapsedOnDay: bytesOf(state.lapsedOnDay),
    stock: bytesOf(state.stock),
  };
  await writeFile(`${path}.new`, JSON.stringify(saved), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

async function load(path: string, shop: Shop): Promise<ShopState | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const saved = Saved.parse(JSON.parse(text));
  const state = initialState(shop);
  state.nextDay = saved.nextDay;
  state.due = saved.due as unknown as ShopState['due'];
  fill(state.satiation, saved.satiation);
  fill(state.touchedDay, saved.touchedDay);
  fill(state.recentSpendMinor, saved.recentSpendMinor);
  fill(state.lapsedOnDay, saved.lapsedOnDay);
  fill(state.stock, saved.stock);
  return state;
}

/** The shoppers as the last simulated day left them, and as the history left them. */
export async function loadSimulation(home: string, shop: Shop): Promise<{ state: ShopState; atHistoryEnd: ShopState }> {
  await mkdir(folderOf(home), { recursive: true });
  const startPath = join(folderOf(home), 'start.json');
  const kept = await load(startPath, shop);
  const atHistoryEnd = kept ?? continueFrom(shop);
  if (!kept) await save(startPath, atHistoryEnd);
  return { atHistoryEnd, state: (await load(join(folderOf(home), 'state.json'), shop)) ?? (await load(startPath, shop)) ?? atHistoryEnd };
}

/** Keeps a finished day: first what was offered, then the state, so that a kill between the two only repeats the day. */
export async function saveDay(home: string, state: ShopState, played: PlayedDay): Promise<void> {
  await appendFile(join(folderOf(home), 'days.jsonl'), `${JSON.stringify(played)}\n`, { mode: 0o600 });
  await save(join(folderOf(home), 'state.json'), state);
}

/** Days in order; of a day that was repeated the last run counts. */
export async function playedDays(home: string): Promise<PlayedDay[]> {
  const text = await readFile(join(folderOf(home), 'days.jsonl'), 'utf8').catch(() => '');
  const byDay = new Map(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as PlayedDay)
      .map((played) => [played.day, played]),
  );
  return [...byDay.values()].sort((a, b) => a.day - b.day);
}
