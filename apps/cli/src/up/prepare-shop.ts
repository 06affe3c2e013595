import { Manager } from '@promolift/db';
import { authenticate, createApiKey, createManager, type Deps, readSettingsRecord, updateSettings } from '@promolift/services';
import { CommandStop } from '../shared/command-stop.ts';
import { type InstallationFile, saveInstallationFile, type SignIn } from '../shared/installation-file.ts';
import type { OpenInstallation } from '../shared/open-installation.ts';

/** Name, currency and time zone of the simulated shop: only where nobody decided them and no money is in the books. */
export async function nameDemoShop(installation: OpenInstallation): Promise<void> {
  const deps = installation.deps();
  const current = await readSettingsRecord(deps);
  const written = await updateSettings(deps, current.version, { currency: 'EUR', timeZone: 'UTC' });
  if (!written.ok) throw new CommandStop(`The shop's settings could not be written: ${written.refusal.message}`);
}

/** Makes the managers and storefront keys that are missing; gives the sign-ins that work with the kept passwords. */
export async function prepareAccess(installation: OpenInstallation, file: InstallationFile, home: string): Promise<SignIn[]> {
  const deps = installation.deps();
  for (const signIn of file.signIns) await ensureManager(deps, signIn);
  for (const kind of ['publishable', 'secret'] as const) {
    const kept = file.keys[kind];
    if (kept !== null && (await authenticate(deps.sql, kept))) continue;
    const made = await createApiKey(deps, `Storefront (${kind})`, kind);
    if (!made.ok) throw new CommandStop(`The storefront's key could not be made: ${made.refusal.message}`);
    file.keys[kind] = made.value.token;
  }
  await saveInstallationFile(home, file);
  return file.signIns;
}

async function ensureManager(deps: Deps, { email, name, password, role }: SignIn): Promise<void> {
  if (await deps.em.count(Manager, { email })) return;
  const made = await createManager(deps, { email, name, password, role });
  if (!made.ok) throw new CommandStop(`The sign-in ${email} could not be made: ${made.refusal.message}`);
}
