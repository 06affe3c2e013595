'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { addSlice } from './rehearsal-sum.ts';
import type { RehearseAnswer, Slice } from './rehearse.actions.ts';
import { describe, rehearse } from './rehearse.actions.ts';

const SETTLE_MS = 700;

export interface Rehearsing {
  readonly described: Awaited<ReturnType<typeof describe>>['value'];
  readonly sum: Slice | null;
  readonly problems: RehearseAnswer<Slice>['problems'];
  readonly isBusy: boolean;
  readonly isStopped: boolean;
}
const NOTHING: Rehearsing = { described: null, sum: null, problems: [], isBusy: false, isStopped: false };

/** Rehearses what a form says once its reader stops typing, slice by slice. A change, or `stop`, ends the run: no further slice is asked for. */
export function useRehearsal(form: () => HTMLFormElement | null) {
  const [state, setState] = useState(NOTHING);
  const turn = useRef(0);
  const asked = useRef('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const run = useCallback(async (data: FormData) => {
    const own = ++turn.current;
    const isCurrent = () => own === turn.current;
    setState((before) => ({ ...before, isBusy: true, isStopped: false }));
    const { value: described, problems } = await describe(data);
    if (!isCurrent()) return;
    if (!described) return setState({ ...NOTHING, problems });
    setState((before) => ({ ...before, described, problems: [] }));
    let sum: Slice | null = null;
    let after: number | null = 0;
    while (after !== null) {
      const slice: RehearseAnswer<Slice> = await rehearse(data, after);
      if (!isCurrent()) return;
      if (!slice.value) return setState({ ...NOTHING, described, problems: slice.problems });
      sum = addSlice(sum, slice.value);
      after = slice.value.next ?? null;
      setState({ described, sum, problems: [], isBusy: after !== null, isStopped: false });
    }
  }, []);

  const look = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const element = form();
      if (!element) return;
      const data = new FormData(element);
      const text = JSON.stringify([...data].filter(([name]) => !name.startsWith('$')));
      if (text === asked.current) return;
      asked.current = text;
      void run(data);
    }, SETTLE_MS);
  }, [form, run]);

  const stop = useCallback(() => {
    turn.current += 1;
    setState((before) => ({ ...before, isBusy: false, isStopped: true }));
  }, []);

  useEffect(() => {
    look();
    return () => {
      clearTimeout(timer.current);
      turn.current += 1;
    };
  }, [look]);
  return { ...state, look, stop };
}
