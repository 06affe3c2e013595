import { joinUsers, leaveUsers } from '@promolift/db/testing';

/**
 * The server starts with the first test that needs a database, so that pure packages pay nothing;
 * this run holds it open and, if no other run does, stops it at the end.
 */
export default async function globalSetup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.DATABASE_URL) return undefined;
  await joinUsers();
  return leaveUsers;
}
