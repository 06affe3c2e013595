import { Migration } from '@mikro-orm/migrations';

export class M0001Foundations extends Migration {
  override name = 'm0001-foundations';

  override up(): void {
    // RFC 9562 UUID version 7; gen_random_uuid() already carries the variant, bits 52 and 53 turn version 4 into 7.
    this.addSql(`
      create function uuid_v7(at timestamptz default clock_timestamp()) returns uuid language sql volatile as $$
        select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
          placing substring(int8send(greatest(0, floor(extract(epoch from at) * 1000))::bigint) from 3) from 1 for 6),
          52, 1), 53, 1), 'hex')::uuid
      $$`);
    this.addSql(`
      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
      end $$`);
  }

  override down(): void {
    this.addSql('drop function refuse_change()');
    this.addSql('drop function uuid_v7(timestamptz)');
  }
}
