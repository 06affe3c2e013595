'use client';

import { useState } from 'react';

const SHOWN_MS = 1_500;

export function CopyButton({ text, label, done }: { text: string; label: string; done: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), SHOWN_MS);
  };
  return (
    <button type="button" onClick={copy} className="rounded-full border border-line-strong px-3 py-1 text-xs font-semibold hover:bg-sunken">
      <span aria-live="polite">{isCopied ? done : label}</span>
    </button>
  );
}
