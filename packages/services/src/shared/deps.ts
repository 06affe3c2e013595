import type { Principal } from '@promolift/domain';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';

/** Time is an argument everywhere; a demo shop's clock runs ahead of the wall clock by a stored offset. */
export type Clock = { now(): Date };

/** Keys of this installation: 32 bytes each; `holdoutSalt` decides who is held out of every campaign. */
export type Secrets = { pseudonymKey: Buffer; encryptionKey: Buffer; holdoutSalt: string };

export type ServiceLogger = {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
};

/** Who asks. Services check rights with the domain's table; edges only name the actor. */
export type Actor =
  | { kind: 'manager'; id: string; principal: Principal; name: string }
  | { kind: 'key'; id: string; principal: Principal; name: string }
  | { kind: 'anonymous'; principal: Principal; name: string }
  | { kind: 'system'; name: string };

/** Slows down whoever tries codes; counts per shopper and per caller, whom only the edge knows. */
export type CodeGuesses = {
  /** Rejects with RATE_LIMITED when this shopper or caller brought too many wrong codes. */
  before(shopperKey: string | null): Promise<void>;
  after(shopperKey: string | null, wrongCodes: readonly string[]): Promise<void>;
};

/** What every use case gets. `em` is a fork of its own (one request, one job); `sql` is the shared pool for set-based SQL and COPY. */
export type Deps = {
  em: EntityManager;
  sql: Pool;
  clock: Clock;
  secrets: Secrets;
  actor: Actor;
  log: ServiceLogger;
  /** Folder of this installation for uploads and reject files. */
  homeDirectory: string;
  /** Where codes come from shoppers; jobs and commands have none. */
  codeGuesses?: CodeGuesses;
};

/** Progress of long work: `fraction` 0..1; `report` rejects with `JobCancelled` when somebody asked to stop. */
export type Progress = { report(fraction: number, stage: string, line?: string): Promise<void> };
