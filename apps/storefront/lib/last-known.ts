const MAX_ENTRIES = 300;

/** Last good answers by key, so that shelves stay filled while Promolift is away. The oldest leave first. */
export function createLastKnown<Value>() {
  const entries = new Map<string, Value>();
  return {
    async load(key: string, ask: () => Promise<Value>): Promise<{ value: Value | null; isFresh: boolean }> {
      try {
        const value = await ask();
        entries.delete(key);
        entries.set(key, value);
        for (const oldest of entries.keys()) {
          if (entries.size <= MAX_ENTRIES) break;
          entries.delete(oldest);
        }
        return { value, isFresh: true };
      } catch {
        return { value: entries.get(key) ?? null, isFresh: false };
      }
    },
  };
}
