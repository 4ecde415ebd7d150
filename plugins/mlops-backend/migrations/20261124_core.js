/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('effects', table => {
    table.comment('Effects done once per key, with the answer they gave');
    table.string('kind', 80).notNullable();
    table.string('key', 255).notNullable();
    table.string('fingerprint', 64).notNullable();
    table.string('state', 16).notNullable().comment('open | done');
    table.integer('attempt').notNullable().comment('Fences late writers');
    table.string('lease_until', 32).notNullable();
    table.text('result').nullable();
    table.string('created_at', 32).notNullable();
    table.primary(['kind', 'key']);
  });
  await knex.schema.createTable('leases', table => {
    table.comment('Who works on what, until when');
    table.string('name', 255).primary();
    table.string('holder', 64).notNullable();
    table.integer('attempt').notNullable();
    table.string('lease_until', 32).notNullable();
  });
  await knex.schema.createTable('outbox', table => {
    table.comment('Facts that listeners must hear at least once');
    table.increments('id');
    table.string('topic', 80).notNullable();
    table.string('listener', 80).notNullable();
    table.text('payload').notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.string('next_at', 32).notNullable();
    table.string('done_at', 32).nullable();
    table.text('last_error').nullable();
    table.string('created_at', 32).notNullable();
    table.index(['done_at', 'next_at']);
  });
  await knex.schema.createTable('audit', table => {
    table.comment(
      'Append-only: who did what; each row carries the hash of the one before',
    );
    table.integer('seq').primary();
    table.string('id', 36).notNullable().unique();
    table.string('at', 32).notNullable();
    table.string('actor', 255).notNullable();
    table.string('action', 80).notNullable();
    table.string('object', 255).notNullable();
    table.string('about', 63).nullable().comment('Name along the loop');
    table.text('reason').nullable();
    table.string('outcome', 16).notNullable();
    table.text('detail').notNullable();
    table.string('previous_hash', 64).notNullable();
    table.string('hash', 64).notNullable();
    table.index(['object', 'seq']);
    table.index(['about', 'seq']);
    table.index(['actor', 'seq']);
  });
  await knex.schema.createTable('audit_head', table => {
    table.integer('id').primary();
    table.integer('seq').notNullable();
    table.string('hash', 64).notNullable();
  });
  await knex('audit_head').insert({ id: 1, seq: 0, hash: '0'.repeat(64) });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const name of ['audit_head', 'audit', 'outbox', 'leases', 'effects']) {
    await knex.schema.dropTable(name);
  }
};
