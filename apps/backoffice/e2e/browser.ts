import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const candidates = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A Chromium that is on the machine, or null. */
export async function openBrowser() {
  const executablePath = candidates.find((path) => path && existsSync(path));
  return executablePath ? chromium.launch({ executablePath, headless: true, args: flags }) : null;
}
