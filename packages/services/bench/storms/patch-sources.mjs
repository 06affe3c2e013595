// Preloaded into storm processes: reads source files as if a guard had been taken out of them.
import { registerHooks } from 'node:module';

const patches = JSON.parse(process.env.STORM_PATCHES ?? '[]');

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const mine = patches.filter(({ file }) => url.endsWith(file));
    if (mine.length === 0) return loaded;
    let source = loaded.source.toString();
    for (const { from, to } of mine) {
      if (!source.includes(from)) throw new Error(`${url} does not contain: ${from}`);
      source = source.replace(from, to);
    }
    return { ...loaded, source };
  },
});
