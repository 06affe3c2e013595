export type Step = {
  readonly label: string;
  state: 'waiting' | 'running' | 'done' | 'failed';
  detail: string;
  startedAt: number;
  seconds: number;
};
export type StepHandle = {
  begin: (detail?: string) => void;
  say: (detail: string) => void;
  done: (detail?: string) => void;
  fail: (detail: string) => void;
};

type Output = { isTTY?: boolean; columns?: number; write: (text: string) => unknown };

const SIGNS = { waiting: '·', running: '…', done: '✓', failed: '✗' } as const;
const PLAIN_EVERY_MS = 5_000;
const FRAME_MS = 120;

/** A live checklist on a terminal; elsewhere one plain line whenever a step begins, ends, or has news after five seconds. */
export class Checklist {
  readonly #output: Output;
  readonly #steps: Step[] = [];
  #drawnLines = 0;
  #frame: NodeJS.Timeout | undefined;

  constructor(output: Output) {
    this.#output = output;
  }

  add(label: string): StepHandle {
    const step: Step = { label, state: 'waiting', detail: '', startedAt: 0, seconds: 0 };
    this.#steps.push(step);
    let toldAt = 0;
    const move = (state: Step['state'], detail: string, isNews: boolean) => {
      if (step.startedAt === 0) step.startedAt = performance.now();
      Object.assign(step, { state, detail, seconds: (performance.now() - step.startedAt) / 1_000 });
      if (this.#output.isTTY) return this.#draw();
      if (!isNews && performance.now() - toldAt < PLAIN_EVERY_MS) return;
      toldAt = performance.now();
      this.#output.write(`${lineOf(step)}\n`);
    };
    return {
      begin: (detail = '') => move('running', detail, true),
      say: (detail) => move('running', detail, false),
      done: (detail = '') => move('done', detail, true),
      fail: (detail) => move('failed', detail, true),
    };
  }

  /** A line of its own that stays: above the list while it is live. */
  note(line: string): void {
    if (!this.#output.isTTY) return void this.#output.write(`${line}\n`);
    this.#erase();
    this.#output.write(`${line}\n`);
    this.#paint();
  }

  /** Draws the list a last time and lets it stand; later notes go below it. */
  close(): void {
    clearTimeout(this.#frame);
    this.#frame = undefined;
    if (this.#output.isTTY) {
      this.#erase();
      this.#paint();
    }
    this.#drawnLines = 0;
    this.#steps.length = 0;
  }

  #draw(): void {
    this.#frame ??= setTimeout(() => {
      this.#frame = undefined;
      this.#erase();
      this.#paint();
    }, FRAME_MS);
  }

  #erase(): void {
    if (this.#drawnLines > 0) this.#output.write(`\u001b[${this.#drawnLines}A\u001b[0J`);
    this.#drawnLines = 0;
  }

  #paint(): void {
    const width = (this.#output.columns ?? 80) - 1;
    for (const step of this.#steps) this.#output.write(`${lineOf(step).slice(0, width)}\n`);
    this.#drawnLines = this.#steps.length;
  }
}

function lineOf({ state, label, detail, seconds }: Step): string {
  const time = state === 'done' && seconds >= 0.95 ? ` (${seconds.toFixed(0)} s)` : '';
  return `  ${SIGNS[state]} ${label.padEnd(12)}${detail}${time}`.trimEnd();
}
