'use client';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { FormAction } from '@/ui/action-form.tsx';
import { ActionForm, Submit } from '@/ui/action-form.tsx';
import type { ButtonLook } from '@/ui/button.tsx';
import { newKey } from '@/ui/new-key.ts';
import { JobProgress } from './job-progress.tsx';

/** A button that starts a job and then shows how far it is. Each press after an answer is a new run. */
export function StartJob({
  action,
  label,
  look,
  fields,
}: {
  action: FormAction;
  label: ReactNode;
  look?: ButtonLook;
  fields?: Readonly<Record<string, string>>;
}) {
  const [jobId, setJobId] = useState<string | null>(null);
  const submit: FormAction = (previous, form) => {
    form.set('idempotencyKey', newKey());
    return action(previous, form);
  };
  if (jobId)
    return (
      <div className="w-full min-w-64 md:w-80">
        <JobProgress jobId={jobId} />
      </div>
    );
  return (
    <ActionForm action={submit} onDone={(state) => setJobId(state.value ?? null)}>
      {Object.entries(fields ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Submit look={look}>{label}</Submit>
    </ActionForm>
  );
}
