import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillShop } from '../promotions/test-shop.ts';
import { startTestApi, type TestApi } from '../shared/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await fillShop(api);
});
afterAll(() => api.stop());

type Tracked = { trackEvents: { acceptedCount: number; duplicateCount: number; rejected: { index: number; code: string }[] } };
const TRACK =
  'mutation ($events: [EventInput!]!) { trackEvents(events: $events) { acceptedCount duplicateCount rejected { index eventId code } } }';

describe('tracking events', () => {
  const now = new Date().toISOString();
  const view = (eventId: string, sku = 'A') => ({
    eventId,
    name: 'view_item',
    occurredAt: now,
    userId: 'u-1',
    params: { items: [{ item_id: sku }] },
  });
  const track = async (events: object[], kind: 'publishable' | 'secret' = 'publishable') =>
    api.ask<Tracked>(TRACK, { token: await api.keyOf(kind), variables: { events } });

  test('good ones are kept, bad ones listed by index, known ones counted', async () => {
    const events = [
      view('e-1'),
      view('e-2', 'unknown'),
      view('e-3'),
      { ...view('e-4'), occurredAt: '2020-01-01T00:00:00Z' },
      { eventId: 'e-5', name: 'search', occurredAt: now, anonymousId: 'b-1' },
    ];
    expect((await track(events)).data.trackEvents).toMatchObject({
      acceptedCount: 2,
      duplicateCount: 0,
      rejected: [
        { index: 1, code: 'UNKNOWN_PRODUCT' },
        { index: 3, code: 'TIME_OUT_OF_RANGE' },
        { index: 4, code: 'BAD_EVENT' },
      ],
    });
    expect((await track(events)).data.trackEvents).toMatchObject({ acceptedCount: 0, duplicateCount: 2 });
    const user = await api.ask('{ user(externalId: "u-1") { events { type product { sku } } } }', { token: await api.tokenOf('viewer') });
    expect(user.data).toEqual({
      user: {
        events: [
          { type: 'view_item', product: { sku: 'A' } },
          { type: 'view_item', product: { sku: 'A' } },
        ],
      },
    });
  });

  test('purchases need the secret key', async () => {
    const purchase = (eventId: string) => ({
      ...view(eventId),
      name: 'purchase',
      params: { transaction_id: 't-1', currency: 'EUR', items: [{ item_id: 'A', quantity: 1, price: 10 }] },
    });
    expect((await track([purchase('p-1')])).data.trackEvents).toMatchObject({
      acceptedCount: 0,
      rejected: [{ index: 0, code: 'SECRET_KEY_REQUIRED' }],
    });
    expect((await track([purchase('p-2')], 'secret')).data.trackEvents).toMatchObject({ acceptedCount: 1, rejected: [] });
  });

  test('more than 1,000 are refused as a whole', async () => {
    const answer = await track(Array.from({ length: 1_001 }, (_, index) => view(`many-${index}`)));
    expect(answer.errors[0]?.extensions.code).toBe('PAYLOAD_TOO_LARGE');
  });
});
