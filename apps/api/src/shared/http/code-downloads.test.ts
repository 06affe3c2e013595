import { setImmediate as turn } from 'node:timers/promises';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { sendChunks } from './code-downloads.ts';

test('a reader that takes nothing gets nothing made for it, and one that leaves ends the making', async () => {
  let [made, isEnded] = [0, false];
  async function* chunks() {
    try {
      for (let counter = 0; ; counter += 1) {
        made += 1;
        yield { bytes: Buffer.alloc(140_000), codes: 1, counter };
        await turn();
      }
    } finally {
      isEnded = true;
    }
  }
  let take: () => void = () => undefined;
  const slow = new Writable({ write: (_chunk, _encoding, done) => void (take = done) });
  const sending = sendChunks('code\r\n', chunks(), slow);
  const left = sending.catch((fault: unknown) => fault);
  const settle = async () => {
    for (let turns = 0; turns < 200; turns += 1) await turn();
    return made;
  };
  const waiting = await settle();
  expect(waiting).toBeLessThan(5);
  expect(await settle()).toBe(waiting);
  for (let taken = 0; taken < 10; taken += 1) {
    take();
    await turn();
  }
  expect(await settle()).toBeGreaterThan(waiting);
  slow.destroy();
  expect(await left).toBeInstanceOf(Error);
  expect(isEnded).toBe(true);
});
