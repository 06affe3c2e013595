'use client';

import type { ReactNode } from 'react';
import { useFormStatus } from 'react-dom';

/** Cannot be pressed twice while its form is on the way. */
export function SubmitButton({ children, className = 'button', label }: { children: ReactNode; className?: string; label?: string }) {
  const { pending } = useFormStatus();
  return (
    <button type="submit" className={className} disabled={pending} aria-busy={pending} aria-label={label}>
      {children}
    </button>
  );
}
