// What the default install carries must be usable by anybody: permissive licences only. Reads the lock file, no network.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

const PERMISSIVE = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'CC0-1.0',
  'Unlicense',
  'Python-2.0',
  'PSF-2.0',
  'BlueOak-1.0.0',
  'CC-BY-4.0',
  'CC-BY-3.0',
  'Zlib',
  'PostgreSQL',
]);
// Weak copyleft, only tools or unmodified binaries that stay in their own files: each with its reason.
const ALLOWED_BY_NAME = {
  'axe-core': 'MPL-2.0, test tool, unmodified',
  '@axe-core/playwright': 'MPL-2.0, test tool, unmodified',
  lightningcss: 'MPL-2.0, build tool, unmodified',
  '@img/sharp': 'LGPL-3.0-or-later libvips, dynamically loaded, unmodified, optional in Next.js',
};
const isAllowedByName = (name) => Object.keys(ALLOWED_BY_NAME).some((allowed) => name === allowed || name.startsWith(`${allowed}-`));
const isPermissive = (licence) =>
  licence
    .replace(/[()]/g, '')
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((part) => PERMISSIVE.has(part.trim())));

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const refused = [];
for (const [path, entry] of Object.entries(packages)) {
  if (!path.includes('node_modules/') || entry.link) continue;
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const licence = typeof entry.license === 'string' ? entry.license : '';
  if (!isPermissive(licence) && !isAllowedByName(name))
    refused.push(`${name}@${entry.version}: ${licence || 'no licence stated in the lock file'}`);
}
if (refused.length > 0) {
  process.stderr.write(`Packages whose licence is not on the list:\n${refused.map((line) => `  ${line}`).join('\n')}\n`);
  process.exit(1);
}
process.stdout.write(`${Object.keys(packages).length} packages, all with a permissive licence or a stated exception.\n`);
