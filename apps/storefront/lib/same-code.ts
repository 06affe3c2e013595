/** Two spellings of one code? The API answers with the code as it is written, shoppers type it in other cases, groups and look-alikes. */
export const isSameCode = (one: string, other: string): boolean => folded(one) === folded(other);

const folded = (code: string): string =>
  code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
