/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('data_sources', table => {
    table.comment('A source of data as one pipeline or job reads it');
    table.string('id', 32).primary();
    table.string('namespace', 255).notNullable();
    table.string('source', 500).notNullable().comment('Name in run events');
    table.string('reader', 255).notNullable().comment('Parent job, or the job');
    table.string('first_seen', 32).notNullable();
    table.string('last_seen', 32).notNullable();
  });
  await knex.schema.createTable('data_versions', table => {
    table.comment('States of a source: digest and window, with what is in it');
    table.string('id', 32).primary();
    table.string('source_id', 32).notNullable();
    table.string('digest', 128).notNullable();
    table.string('from', 40).nullable();
    table.string('to', 40).nullable();
    table.bigInteger('rows').nullable();
    table.integer('columns').nullable();
    table.text('schema').notNullable().comment('Columns in their order');
    table.text('profile').nullable().comment('What is in each column');
    table.text('ignored').notNullable().comment('What could not be used');
    table.string('first_seen', 32).notNullable();
    table.string('last_seen', 32).notNullable();
    table.string('last_run', 64).notNullable();
    table.index(['source_id', 'first_seen']);
    table.index(['source_id', 'digest']);
  });
  await knex.schema.createTable('data_reads', table => {
    table.comment('Which run read which version');
    table.string('version_id', 32).notNullable();
    table.string('run_id', 64).notNullable();
    table.string('at', 32).notNullable();
    table.primary(['version_id', 'run_id']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const name of ['data_reads', 'data_versions', 'data_sources']) {
    await knex.schema.dropTable(name);
  }
};
