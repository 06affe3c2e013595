'use client';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** Fetches the page's data anew every `everyMs` while mounted and visible. */
export function Live({ everyMs = 2_000 }: { everyMs?: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [router, everyMs]);
  return null;
}
