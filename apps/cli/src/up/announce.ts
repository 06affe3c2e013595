import type { OpenInstallation } from '../shared/open-installation.ts';
import type { InstallationFile, SignIn } from '../shared/installation-file.ts';
import type { Ports } from './ports.ts';
import { urlsOf } from './services.ts';

/** What a person needs next: addresses, how to sign in, two queries that work when pasted. */
export async function announcement(
  installation: OpenInstallation,
  file: InstallationFile,
  signIns: readonly SignIn[],
  ports: Ports,
): Promise<string> {
  const urls = urlsOf(ports);
  const width = Math.max(...signIns.map(({ email }) => email.length));
  const examples = await exampleQueries(installation, urls.api, file.keys.publishable ?? '');
  return [
    '',
    `  Backoffice  ${urls.backoffice}`,
    `  Storefront  ${urls.storefront}`,
    `  API         ${urls.api}/graphql`,
    '',
    '  Sign in to the backoffice',
    ...signIns.map(({ email, password, role }) => `    ${email.padEnd(width)}  ${password}  (${role})`),
    '',
    ...examples.flatMap(({ title, command }) => [`  ${title}`, `    ${command}`, '']),
    '  Ctrl-C stops everything; the data stays.',
    '',
  ].join('\n');
}

async function exampleQueries({ database }: OpenInstallation, api: string, key: string): Promise<{ title: string; command: string }[]> {
  const { rows } = await database.pool.query<{ sku: string; currency: string; user: string | null }>(
    `select p.sku, p.currency, (select external_id from users where erased_at is null order by external_id limit 1) as user
     from products p where p.is_active order by p.sku limit 2`,
  );
  const user = rows[0]?.user ?? 'u-00001';
  const lines = rows.map(({ sku }) => `{ sku: "${sku}", quantity: 2 }`).join(', ');
  const curl = (query: string) =>
    `curl -s ${api}/graphql -H 'content-type: application/json' -H 'authorization: Bearer ${key}' -d '${JSON.stringify({ query }).replaceAll("'", String.raw`'\'\''`)}'`;
  const examples = [
    {
      title: 'Recommendations for a user',
      command: curl(`{ recommendations(userId: "${user}", first: 3) { servedBy items { product { sku name } reasons { text } } } }`),
    },
  ];
  if (lines) {
    const cart = `{ evaluateCart(cart: { currency: "${rows[0]?.currency}", userId: "${user}", lines: [${lines}] }) { evaluation { total { formatted } applied { message { en } } nearMisses { message { en } } } } }`;
    examples.push({ title: 'What a cart costs', command: curl(cart) });
  }
  return examples;
}
