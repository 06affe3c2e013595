import { Migration } from '@mikro-orm/migrations';

/** What a job has finished of its work, so that a run after a crash goes on from there. */
export class M0021JobCheckpoints extends Migration {
  override name = 'm0021-job-checkpoints';

  override up(): void {
    this.addSql("alter table job_runs add column checkpoint jsonb not null default '{}'");
  }

  override down(): void {
    this.addSql('alter table job_runs drop column checkpoint');
  }
}
