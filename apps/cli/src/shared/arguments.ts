import { InvalidArgumentError } from 'commander';
import { z } from 'zod';

/** Parses a whole number within limits, both included. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    return value;
  };

/** Parses a moment with its zone: 2030-03-04T09:00:00Z. */
export const moment = (text: string): Date => {
  const parsed = z.iso.datetime({ offset: true }).safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError('It must be a moment such as 2030-03-04T09:00:00Z.');
  return new Date(parsed.data);
};
