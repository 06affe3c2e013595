import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { CommandStop } from '../shared/command-stop.ts';
import { type InstallationFile, type Reproducible, type SimulatedShop, saveInstallationFile } from '../shared/installation-file.ts';
import type { OpenInstallation } from '../shared/open-installation.ts';
import type { FillNews, FillOrder } from './fill-shop.ts';

export type ShopSize = { seed: number; users: number; products: number; days: number };

const DAY_MS = 86_400_000;
const entry = fileURLToPath(new URL('./fill-shop.ts', import.meta.url));
const followParent = new URL('./follow-parent.ts', import.meta.url).href;

export async function isShopEmpty({ database }: OpenInstallation): Promise<boolean> {
  const { rows } = await database.pool.query<{ is_empty: boolean }>(
    'select not exists (select from products) and not exists (select from orders) as is_empty',
  );
  return rows[0]?.is_empty ?? true;
}

/**
 * Fills an empty database with the simulated shop, its last day being yesterday. What was begun is finished with the same
 * seed and days; anything else in the database is somebody's own and left alone. Says in words what is there.
 */
export async function makeData(
  context: { installation: OpenInstallation; file: InstallationFile; home: string; databaseUrl: string },
  size: ShopSize,
  onNews: (line: string) => void,
  signal: AbortSignal,
): Promise<string> {
  const { installation, file, home } = context;
  const isEmpty = await isShopEmpty(installation);
  if (!isEmpty && (file.simulatedShop === null || file.simulatedShop.isFilled)) return describe(installation);
  const begun =
    !isEmpty && file.simulatedShop ? file.simulatedShop : { ...size, startDate: startDate(size.days, file.reproducible), isFilled: false };
  file.simulatedShop = { ...begun, isFilled: false };
  await saveInstallationFile(home, file);
  const stillAt = file.reproducible?.stillAt ?? null;
  await fill({ databaseUrl: context.databaseUrl, home, secrets: file.secrets, shop: begun, stillAt }, onNews, signal);
  file.simulatedShop = { ...begun, isFilled: true };
  await saveInstallationFile(home, file);
  return describe(installation);
}

function startDate(days: number, reproducible: Reproducible | null): SimulatedShop['startDate'] {
  const now = reproducible ? Date.parse(reproducible.stillAt) : Date.now();
  return new Date(Math.floor(now / DAY_MS) * DAY_MS - days * DAY_MS).toISOString();
}

function fill(order: FillOrder, onNews: (line: string) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(entry, [], { execArgv: ['--import', followParent], stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true });
    const end = () => child.kill('SIGKILL');
    signal.addEventListener('abort', end, { once: true });
    let fault: string | undefined;
    child.on('message', (news: FillNews) => {
      fault = news.fault ?? fault;
      if (news.day !== undefined) onNews(`day ${news.day} of ${order.shop.days} for ${order.shop.users} users`);
    });
    child.on('error', reject);
    child.on('exit', (code, killedBy) => {
      signal.removeEventListener('abort', end);
      if (code === 0) resolve();
      else
        reject(
          signal.aborted
            ? signal.reason
            : new CommandStop(
                `Filling the shop failed (${fault ?? killedBy ?? `code ${code}`}); start again, it goes on where it stopped.`,
              ),
        );
    });
    child.send(order);
  });
}

async function describe({ database }: OpenInstallation): Promise<string> {
  const { rows } = await database.pool.query<{ users: number; products: number; orders: number }>(
    'select (select count(*) from users) as users, (select count(*) from products) as products, (select count(*) from orders) as orders',
  );
  const { users = 0, products = 0, orders = 0 } = rows[0] ?? {};
  return `${number(users)} users, ${number(products)} products, ${number(orders)} orders`;
}

const number = (value: number): string => value.toLocaleString('en');
