/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('lineage_events', table => {
    table.comment('OpenLineage run events as they came');
    table
      .string('id', 64)
      .primary()
      .comment('Digest of what makes it one event');
    table.string('run_id', 64).notNullable();
    table.string('owner_run', 64).notNullable().comment('The parent run');
    table.string('event_type', 16).notNullable();
    table.string('event_time', 40).notNullable();
    table.string('job', 255).notNullable();
    table.text('payload').notNullable();
    table.string('recorded_at', 32).notNullable();
    table.string('processed_at', 32).nullable();
    table.integer('tries').notNullable();
    table.string('next_try', 32).notNullable();
    table.index(['processed_at', 'next_try']);
    table.index(['owner_run']);
  });
  await knex.schema.createTable('lineage_nodes', table => {
    table.string('id', 255).primary();
    table.string('kind', 32).notNullable();
    table.string('title', 255).notNullable();
    table.text('facts').notNullable();
  });
  await knex.schema.createTable('lineage_edges', table => {
    table.comment('Valid from and to, and since when the hub knows it');
    table.string('from', 255).notNullable();
    table.string('to', 255).notNullable();
    table.string('kind', 32).notNullable();
    table.string('valid_from', 32).notNullable();
    table.string('valid_to', 32).nullable();
    table.string('recorded_at', 32).notNullable();
    table.text('facts').notNullable();
    table.primary(['from', 'to', 'kind', 'valid_from']);
    table.index(['to']);
  });
  await knex.schema.createTable('lineage_reads', table => {
    table.comment('Which version of which data a run read');
    table.string('run_id', 64).notNullable();
    table.string('dataset', 500).notNullable();
    table.string('data_version', 128).notNullable();
    table.string('at', 40).notNullable();
    table.primary(['run_id', 'dataset', 'data_version']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const name of [
    'lineage_reads',
    'lineage_edges',
    'lineage_nodes',
    'lineage_events',
  ]) {
    await knex.schema.dropTable(name);
  }
};
