/** GraphQL with one field a line, two spaces a level; arguments stay on the line of their field. */
export function prettyQuery(document: string): string {
  const lines: string[] = [];
  let line = '';
  let level = 0;
  let isInBrackets = false;
  const flush = () => {
    if (line.trim()) lines.push('  '.repeat(level) + line.trim());
    line = '';
  };
  for (const token of document.match(/\.{3}\s*(?:on\s)?\w+|[(){}]|[^\s(){}]+/g) ?? []) {
    if (token === '(' || token === ')') {
      isInBrackets = token === '(';
      line = line.trimEnd() + token + (isInBrackets ? '' : ' ');
    } else if (token === '{' && !isInBrackets) {
      line += '{';
      flush();
      level += 1;
    } else if (token === '}' && !isInBrackets) {
      flush();
      level -= 1;
      line = '}';
      flush();
      if (level === 0) lines.push('');
    } else {
      // A field starts its own line; the words of an operation's or fragment's head, and what follows an argument list's ')', do not.
      if (!isInBrackets && level > 0) flushField();
      line += `${token} `;
    }
  }
  flush();
  return lines.join('\n').trim();

  function flushField(): void {
    if (!line.endsWith(': ')) flush();
  }
}
