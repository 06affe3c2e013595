/** Something the caller asked for and may not have, with what they need to ask differently. */
export interface Refusal {
  readonly kind: string;
  readonly message: string;
  /** Path of the input field that caused it. */
  readonly field?: readonly string[];
}

export type Accepted<T> = { readonly ok: true; readonly value: T };
export type Refused<R extends Refusal> = { readonly ok: false; readonly refusal: R };
export type Result<T, R extends Refusal = Refusal> = Accepted<T> | Refused<R>;

export const accept = <T>(value: T): Accepted<T> => ({ ok: true, value });
export const refuse = <R extends Refusal>(refusal: R): Refused<R> => ({ ok: false, refusal });
