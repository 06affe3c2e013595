/** Why the embedded database did not start; the message is one sentence that says what to do. */
export class EmbeddedPostgresError extends Error {
  readonly code: 'NO_SPACE' | 'NO_PERMISSION' | 'PORT_TAKEN' | 'NOT_SUPPORTED' | 'FAILED';

  constructor(code: EmbeddedPostgresError['code'], message: string) {
    super(message);
    this.name = 'EmbeddedPostgresError';
    this.code = code;
  }
}

/** Turns the operating system's refusals into a sentence; anything else passes through. */
export function explain(error: unknown, directory: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC') return noSpace(directory);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new EmbeddedPostgresError(
      'NO_PERMISSION',
      `The database directory ${directory} is not writable; give this account write permission there or set DATABASE_URL to another PostgreSQL.`,
    );
  }
  return error;
}

export const noSpace = (directory: string): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    'NO_SPACE',
    `There is no disk space left for the database in ${directory}; free at least 300 MB and start again.`,
  );

/** Reads the cause out of the server's own log. */
export function explainLog(log: string, directory: string, port: number): EmbeddedPostgresError {
  if (/No space left on device/i.test(log)) return noSpace(directory);
  if (/Address already in use|could not bind/i.test(log)) return portTaken(port);
  if (/Permission denied/i.test(log)) {
    return new EmbeddedPostgresError(
      'NO_PERMISSION',
      `PostgreSQL may not read or write ${directory}; give its account permission there or set DATABASE_URL to another PostgreSQL.`,
    );
  }
  const lastLines = log.trim().split('\n').slice(-5).join(' | ');
  return new EmbeddedPostgresError('FAILED', `The embedded PostgreSQL in ${directory} did not start: ${lastLines || 'it wrote no log'}.`);
}

export const portTaken = (port: number): EmbeddedPostgresError =>
  new EmbeddedPostgresError('PORT_TAKEN', `Port ${port} is taken by another program; stop it or choose another port for the database.`);
