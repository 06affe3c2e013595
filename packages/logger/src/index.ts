import { type Logger, type LoggerOptions, pino } from 'pino';

export type { Logger } from 'pino';

/** Keys whose values never reach a log line, wherever they stand. A net, not a plan: callers log ids only. */
const REDACTED_KEYS = ['password', 'token', 'authorization', 'cookie', 'email', 'phone', 'address', 'secret', 'key', 'personal'];

/** One JSON line an event: message in the past tense, facts as fields. `level` is pino's; `name` names the process. */
export function createLogger(options: { name: string; level?: string; destination?: Parameters<typeof pino>[1] }): Logger {
  const settings: LoggerOptions = {
    name: options.name,
    level: options.level ?? 'info',
    redact: { paths: REDACTED_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return options.destination ? pino(settings, options.destination as never) : pino(settings);
}
