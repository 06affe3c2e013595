/** Loaded before a child's own code: when the parent is gone, however it went, the child stops too and leaves no port taken. */
const GRACE_MS = 5_000;

if (process.channel) {
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  // The listener must not keep a child alive that has nothing left to do.
  process.channel.unref();
}
