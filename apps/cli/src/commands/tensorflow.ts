import { findLibrary, LinkRefusal, linkNative, measureBackend, openTensorflow, unlinkNative } from '@promolift/tensorflow';
import type { Command } from 'commander';
import { CommandStop } from '../shared/command-stop.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

export function addTensorflow(program: Command): void {
  const tensorflow = program.command('tensorflow').description('the native library that TensorFlow.js may train with');
  tensorflow
    .command('link [folder]')
    .description('compile the native backend against a TensorFlow 2 library that is already here: in [folder], or the one python3 imports')
    .option('--python <command>', 'the Python to ask', 'python3')
    .action((folder: string | undefined, { python }: { python: string }) => link(folder, python));
  tensorflow
    .command('unlink')
    .description('take it away again')
    .action(async () => {
      await unlinkNative();
      say('The linked native backend is gone.');
    });
}

async function link(folder: string | undefined, python: string): Promise<void> {
  try {
    await linkNative(await findLibrary(folder, python), say);
  } catch (fault) {
    if (fault instanceof LinkRefusal) throw new CommandStop(fault.message, { cause: fault });
    throw fault;
  }
  const { backend, description } = await openTensorflow();
  if (backend === 'portable') throw new CommandStop(`It was compiled but does not run. ${description}`);
  const { matmulGflops, lstmSequencesPerSecond, neuralCfSamplesPerSecond } = await measureBackend();
  const count = (value: number) => Math.round(value).toLocaleString('en');
  say(
    `${description} ${matmulGflops.toFixed(1)} GFLOP/s, LSTM ${count(lstmSequencesPerSecond)} sequences/s, neural CF ${count(neuralCfSamplesPerSecond)} samples/s.`,
  );
}
