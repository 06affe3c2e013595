/** The choice that an address names, or the first one. */
export function oneOf<Choice extends string>(choices: readonly [Choice, ...Choice[]], named: string | undefined): Choice {
  return choices.find((choice) => choice === named) ?? choices[0];
}
