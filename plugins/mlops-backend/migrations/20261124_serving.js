/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('mlops_endpoints', table => {
    table.string('name', 64).primary();
    table.string('model', 64).notNullable();
    table.string('engine', 100).notNullable();
    table.integer('generation').notNullable();
    table.boolean('retired').notNullable().defaultTo(false);
    table
      .text('traffic')
      .notNullable()
      .comment('JSON: [{revisionId, percent}]');
    table.text('status').nullable().comment('JSON: last status of the engine');
    table.string('observed_at', 40).nullable();
    table
      .integer('told_generation')
      .notNullable()
      .defaultTo(0)
      .comment('last generation that the registry was told of');
    table.string('created_at', 40).notNullable();
  });
  await knex.schema.createTable('mlops_revisions', table => {
    table.string('id', 64).primary();
    table.string('endpoint', 64).notNullable().index();
    table.integer('number').notNullable();
    table.string('model', 64).notNullable();
    table.integer('version').notNullable();
    table.string('created_at', 40).notNullable();
    table.unique(['endpoint', 'number']);
    table.unique(['endpoint', 'model', 'version']);
  });
  await knex.schema.createTable('mlops_traffic_changes', table => {
    table.string('id', 64).primary();
    table.string('endpoint', 64).notNullable().index();
    table.integer('number').notNullable();
    table.string('at', 40).notNullable();
    table.string('actor', 200).notNullable();
    table.text('reason').notNullable();
    table.string('what', 40).notNullable();
    table.text('traffic').notNullable().comment('JSON: [{version, percent}]');
    table.string('outcome', 40).notNullable();
    table.unique(['endpoint', 'number']);
  });
  await knex.schema.createTable('mlops_rollouts', table => {
    table.string('id', 64).primary();
    table.string('endpoint', 64).notNullable().index();
    table.integer('version').notNullable();
    table.string('revision_id', 64).notNullable();
    table.text('steps').notNullable();
    table.integer('at').notNullable();
    table.string('state', 40).notNullable();
    table.string('started_at', 40).notNullable();
    table.string('step_since', 40).notNullable();
    table
      .text('base')
      .notNullable()
      .comment('JSON: counters of the revision when the step began');
    table.string('answered_at', 40).nullable();
    table.text('checks').notNullable();
    table.text('previous').notNullable().comment('JSON: traffic to go back to');
    table.string('approval_id', 64).nullable();
    table.text('reason').notNullable();
    table.text('ended_because').nullable();
    table.string('actor', 200).notNullable();
    table.string('idempotency_key', 200).notNullable().unique();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const name of [
    'mlops_rollouts',
    'mlops_traffic_changes',
    'mlops_revisions',
    'mlops_endpoints',
  ]) {
    await knex.schema.dropTable(name);
  }
};
