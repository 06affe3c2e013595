import { resolve } from 'node:path';
import type { Command } from 'commander';
import { findCodeBatch } from '@promolift/services';
import { type CodesFileProgress, writeCodesFile } from '../codes/write-codes-file.ts';
import { CommandStop } from '../shared/command-stop.ts';
import { withInstallation } from '../shared/with-database.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const SHOW_EVERY_MS = 500;

export function addCodes(program: Command): void {
  program
    .command('codes')
    .description('codes of promotions')
    .command('export')
    .argument('<batch>', 'id of the batch')
    .argument('<file>', 'CSV to write; Ctrl+C stops, the same command goes on where it stopped')
    .description('write all codes of a batch to a file')
    .action(exportToFile);
}

function exportToFile(batchId: string, file: string): Promise<void> {
  return withInstallation(async (installation) => {
    const batch = UUID.test(batchId) ? await findCodeBatch(installation.deps(), batchId) : null;
    if (!batch) throw new CommandStop(`There is no batch "${batchId}"; take the id from codeBatches of the campaign.`);
    const stop = new AbortController();
    const onInterrupt = () => stop.abort();
    process.once('SIGINT', onInterrupt);
    try {
      const written = await writeCodesFile(installation.deps(), batch, resolve(file), { onProgress: showProgress(), signal: stop.signal });
      process.stderr.write('\n');
      if (!written.isComplete) throw new CommandStop(`Stopped. What is done is in ${written.path}; run the same command to go on.`);
      process.stdout.write(`${written.codes.toLocaleString('en')} codes written to ${written.path}\n`);
    } finally {
      process.off('SIGINT', onInterrupt);
    }
  });
}

function showProgress(): (progress: CodesFileProgress) => void {
  let shownAt = 0;
  return ({ counter, total, bytes }) => {
    const isLast = counter + 1 >= total;
    if (!isLast && performance.now() - shownAt < SHOW_EVERY_MS) return;
    shownAt = performance.now();
    const line = `${Math.min(100, Math.floor(((counter + 1) / total) * 100))}% of ${total.toLocaleString('en')} codes, ${(bytes / 1e6).toFixed(1)} MB`;
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[2K${line}` : `${line}\n`);
  };
}
