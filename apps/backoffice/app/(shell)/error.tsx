'use client';
import { Fault } from '@/ui/fault.tsx';

export default function ShellError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <Fault digest={error.digest} onRetry={reset} />;
}
