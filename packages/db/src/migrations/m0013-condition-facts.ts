import { Migration } from '@mikro-orm/migrations';

export class M0013ConditionFacts extends Migration {
  override name = 'm0013-condition-facts';

  override up(): void {
    this.addSql('alter table users add column birthday_encrypted bytea');
    this.addSql('alter table promotions add column condition jsonb');
  }

  override down(): void {
    this.addSql('alter table promotions drop column condition');
    this.addSql('alter table users drop column birthday_encrypted');
  }
}
