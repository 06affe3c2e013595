// Makes docker/.env with secrets of this installation, once: node docker/make-env.mjs
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = process.argv[2] ?? fileURLToPath(new URL('.env', import.meta.url));
const lines = [
  `POSTGRES_PASSWORD=${randomBytes(18).toString('base64url')}`,
  `PSEUDONYM_KEY=${randomBytes(32).toString('hex')}`,
  `ENCRYPTION_KEY=${randomBytes(32).toString('hex')}`,
  `HOLDOUT_SALT=${randomBytes(16).toString('hex')}`,
];
try {
  writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' });
  process.stdout.write(`Written: ${path}\n`);
} catch (fault) {
  if (fault.code !== 'EEXIST') throw fault;
  process.stderr.write(`${path} exists already and was left as it is: other secrets would make the kept data unreadable.\n`);
  process.exit(1);
}
