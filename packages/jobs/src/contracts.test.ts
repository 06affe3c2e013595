import { expect, test } from 'vitest';
import { contractNamed, jobContracts } from './contracts.ts';

const anId = '018f0000-0000-7000-8000-000000000001';

test('names are unique and found again', () => {
  expect(new Set(jobContracts.map(({ name }) => name)).size).toBe(jobContracts.length);
  for (const contract of jobContracts) expect(contractNamed(contract.name)).toBe(contract);
});

test('a name that nobody defines is refused', () => {
  expect(() => contractNamed('send-newsletter')).toThrow('no job contract named "send-newsletter"');
});

test.each(jobContracts.map((contract) => [contract.name, contract] as const))(
  '%s: the same payload gives the same legal job id',
  (_name, contract) => {
    const payload = contract.payload.parse({ jobRunId: anId, tick: '42-tick' });
    const id = contract.jobId(payload);
    expect(contract.jobId(payload)).toBe(id);
    // BullMQ refuses colons and takes pure digits for ids of its own.
    expect(id).not.toMatch(/:|^\d+$/);
  },
);

test.each(jobContracts.map((contract) => [contract.name, contract] as const))('%s: a payload holds ids only', (_name, contract) => {
  const payload = contract.payload.parse({ jobRunId: anId, tick: '42-tick', email: 'a@b.example', rows: [1, 2, 3] });
  expect(JSON.stringify(payload).length).toBeLessThan(200);
  expect(Object.keys(payload as object)).not.toContain('email');
});

test('work that takes long is tried again, the tick is not', () => {
  expect(Object.fromEntries(jobContracts.map(({ name, attempts }) => [name, attempts]))).toMatchObject({
    'train-models': 2,
    'import-dataset': 2,
    'advance-campaigns': 1,
  });
});
