/** Ends a command with one sentence that says what to do; anything else thrown is a fault of ours and shows its stack. */
export class CommandStop extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'CommandStop';
  }
}

export const messageOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));
export const codeOf = (fault: unknown): string | undefined =>
  fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : undefined;
