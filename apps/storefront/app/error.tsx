'use client';

import { wordsIn } from '@/lib/words.ts';

/** The last net: whatever went wrong, the shopper reads a sentence and can go on. */
export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  const isChinese = typeof document !== 'undefined' && document.documentElement.lang.startsWith('zh');
  const words = wordsIn(isChinese ? 'zh' : 'en');
  return (
    <main className="mx-auto max-w-xl p-8 text-center">
      <h1 className="text-2xl font-bold">{words.failed}</h1>
      <p className="mt-6 flex justify-center gap-3">
        <button type="button" onClick={reset} className="button">
          {words.tryAgain}
        </button>
        <a href="/" className="button-quiet">
          {words.home}
        </a>
      </p>
    </main>
  );
}
