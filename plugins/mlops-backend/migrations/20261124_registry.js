/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('models', table => {
    table.string('name', 63).primary();
    table.string('task', 32).notNullable();
    table.integer('versions').notNullable().comment('The newest number');
    table.string('created_at', 32).notNullable();
  });
  await knex.schema.createTable('model_versions', table => {
    table.string('model', 63).notNullable();
    table.integer('version').notNullable();
    table.string('state', 16).notNullable();
    table.text('reason').nullable();
    table.string('stage', 32).notNullable();
    table.string('source_run', 64).notNullable().comment('Run that made it');
    table.string('run_id', 36).nullable().comment('Our run, if it is one');
    table.integer('run_number').nullable();
    table.string('commit', 64).nullable();
    table.string('data_version', 128).nullable();
    table.string('engine', 80).notNullable();
    table.string('uri', 1000).notNullable().comment('Where the run left it');
    table.string('sha256', 64).notNullable();
    table.string('primary_metric', 80).nullable();
    table.integer('champion_version').nullable();
    table.text('artifact').notNullable();
    table.text('facts').notNullable().comment('What the run reported');
    table.string('created_at', 32).notNullable();
    table.string('next_try', 32).notNullable();
    table.integer('tries').notNullable();
    table.primary(['model', 'version']);
    table.unique(['model', 'source_run', 'sha256']);
    table.index(['state', 'next_try']);
  });
  await knex.schema.createTable('model_aliases', table => {
    table.string('model', 63).notNullable();
    table.string('alias', 31).notNullable();
    table.integer('version').notNullable();
    table.primary(['model', 'alias']);
  });
  await knex.schema.createTable('version_traffic', table => {
    table.string('model', 63).notNullable();
    table.string('endpoint', 63).notNullable();
    table.integer('version').notNullable();
    table.float('percent').notNullable();
    table.primary(['model', 'endpoint', 'version']);
  });
  await knex.schema.createTable('version_transitions', table => {
    table.comment('Append-only');
    table.increments('id');
    table.string('model', 63).notNullable();
    table.integer('version').notNullable();
    table.string('at', 32).notNullable();
    table.string('actor', 255).notNullable();
    table.string('what', 32).notNullable();
    table.string('from', 255).nullable();
    table.string('to', 255).nullable();
    table.text('reason').nullable();
    table.index(['model', 'version']);
  });
  await knex.schema.createTable('approvals', table => {
    table.string('id', 36).primary();
    table.string('model', 63).notNullable();
    table.integer('version').notNullable();
    table.string('endpoint', 63).notNullable();
    table.string('state', 16).notNullable();
    table
      .string('waiting_for', 160)
      .nullable()
      .unique()
      .comment('Version and endpoint while it waits: one request at a time');
    table.string('risk_class', 16).notNullable();
    table.string('requested_by', 255).notNullable();
    table.string('requested_at', 32).notNullable();
    table.text('reason').notNullable();
    table.string('decided_by', 255).nullable();
    table.string('decided_at', 32).nullable();
    table.text('decision_reason').nullable();
    table.boolean('exception').notNullable();
    table.text('conditions').nullable().comment('As they were at the decision');
    table.text('metric').nullable();
    table.index(['model', 'version']);
    table.index(['state', 'requested_at']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const name of [
    'approvals',
    'version_transitions',
    'version_traffic',
    'model_aliases',
    'model_versions',
    'models',
  ]) {
    await knex.schema.dropTable(name);
  }
};
