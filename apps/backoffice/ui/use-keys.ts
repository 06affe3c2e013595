'use client';
import { useEffect, useRef } from 'react';

/** Typing, composing with an input method, an open dialog or a modifier: then single keys are not ours. */
function isFreeKey(event: KeyboardEvent): boolean {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  const target = event.target;
  if (target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select, [role="slider"], dialog')))
    return false;
  return document.querySelector('dialog[open]') === null;
}

/** Calls `onKey` for each free key press; it returns true when it used the key. */
export function useKeys(onKey: (key: string, event: KeyboardEvent) => boolean): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (isFreeKey(event) && latest.current(event.key, event)) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
