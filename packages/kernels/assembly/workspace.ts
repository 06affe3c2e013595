// Memory of one thread's packed panels. Threads that share a memory each get their own through `useWorkspace`.

const WORKSPACE_BYTES: usize = 2 * 1024 * 1024;

let start: usize = 0;

@inline
export function workspace(): usize {
  return start;
}

/** The next calls of this instance pack into WORKSPACE_BYTES at `at` (a multiple of 16). */
export function useWorkspace(at: usize): void {
  start = at;
}

/** Where memory begins that no static data takes. */
export function heapBase(): usize {
  return __heap_base;
}

export function workspaceBytes(): usize {
  return WORKSPACE_BYTES;
}
