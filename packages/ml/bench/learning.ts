// Our algorithms beside peers and published numbers: node packages/ml/bench/learning.ts [--short] [--data folder] [part …].
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { forecast } from './learning/forecast.ts';
import { kernels } from './learning/kernels.ts';
import type { Part, Row } from './learning/part.ts';
import { recommenders } from './learning/recommend.ts';
import { segments } from './learning/segments.ts';
import { tensorflow } from './learning/tensorflow.ts';
import { trees } from './learning/trees.ts';

const PARTS: Part[] = [kernels, tensorflow, recommenders, trees, segments, forecast];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: 'boolean', default: false }, data: { type: 'string', default: '../shared/data' } },
});

/** Debian keeps its libraries with its own Python; another one on the path may lack them. */
function findPython(): string | null {
  for (const python of ['/usr/bin/python3', 'python3'])
    try {
      execFileSync(python, ['-c', 'import numpy'], { stdio: 'ignore' });
      return python;
    } catch {}
  return null;
}

const number = (value: number): string =>
  Math.abs(value) >= 1_000 ? Math.round(value).toLocaleString('en') : String(+value.toPrecision(4));
const isMissed = ({ goal, better, ours }: Row): boolean => goal !== null && !(better === 'lower' ? ours <= goal : ours >= goal);

function line(row: Row): string {
  const peer = row.peer ? `${number(row.peer.value)} (${row.peer.name}) | ${number(row.ours / row.peer.value)}` : '— | —';
  const published = row.published ? `${number(row.published.value)} (${row.published.source})` : '—';
  const goal = row.goal === null ? '—' : `${number(row.goal)}${isMissed(row) ? ' missed' : ''}`;
  return `| ${row.what} | ${row.measure} | ${number(row.ours)} | ${peer} | ${published} | ${goal} |`;
}

const unknown = positionals.find((name) => !PARTS.some((part) => part.name === name));
if (unknown) {
  console.error(`There is no part "${unknown}"; choose from ${PARTS.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}
const rows: Row[] = [];
const python = findPython();
if (!python) console.log('No Python with numpy: peers are left out.');
for (const part of PARTS.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  let table = '';
  const report = (row: Row): void => {
    rows.push(row);
    if (row.table !== table) {
      console.log(`\n### ${row.table}\n\n| what | measure | ours | peer | ours ÷ peer | published | goal |\n|---|---|--:|--:|--:|--:|--:|`);
      table = row.table;
    }
    console.log(line(row));
  };
  await part.run({ data: values.data, short: values.short, python, report });
}
const missed = rows.filter((row) => row.kind === 'quality' && isMissed(row));
if (missed.length > 0) console.error(`\n${missed.length} of ${rows.length} rows miss their quality goal.`);
process.exit(missed.length > 0 ? 1 : 0);
