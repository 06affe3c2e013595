import { Migration } from '@mikro-orm/migrations';

export class M0013Birthdays extends Migration {
  override name = 'm0013-birthdays';

  override up(): void {
    this.addSql('alter table users add column birthday_encrypted bytea');
  }

  override down(): void {
    this.addSql('alter table users drop column birthday_encrypted');
  }
}
