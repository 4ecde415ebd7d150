/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('repositories', table => {
    table.comment('Last known state of repositories');
    table.string('name', 63).primary();
    table.string('engine', 80).notNullable();
    table.text('repository').notNullable().comment('As the engine told it');
    table.string('observed_at', 32).notNullable();
  });
  await knex.schema.createTable('ci_pipelines', table => {
    table.comment('Last known state of CI');
    table.string('repository', 63).notNullable();
    table.string('id', 200).notNullable();
    table.string('created_at', 40).notNullable();
    table.text('pipeline').notNullable();
    table.string('observed_at', 32).notNullable();
    table.primary(['repository', 'id']);
  });
  await knex.schema.createTable('pipelines', table => {
    table.string('name', 63).primary();
    table.integer('runs').notNullable().comment('Number of the newest run');
    table.string('latest_commit', 64).notNullable();
    table.string('created_at', 32).notNullable();
  });
  await knex.schema.createTable('pipeline_versions', table => {
    table.string('pipeline', 63).notNullable();
    table.string('commit', 64).notNullable();
    table.text('ir').notNullable();
    table.text('message').notNullable();
    table.string('created_at', 32).notNullable();
    table.primary(['pipeline', 'commit']);
  });
  await knex.schema.createTable('runs', table => {
    table.string('id', 36).primary();
    table.string('pipeline', 63).notNullable();
    table.integer('number').notNullable();
    table.string('engine', 80).notNullable();
    table.string('engine_run_id', 255).nullable();
    table.string('state', 16).notNullable();
    table
      .string('active', 63)
      .nullable()
      .unique()
      .comment('Name of the pipeline while this is its one active run');
    table.text('reason').nullable();
    table.string('trigger', 16).notNullable();
    table.string('actor', 255).notNullable();
    table.text('because').nullable();
    table.string('commit', 64).notNullable();
    table.text('message').notNullable();
    table.text('parameters').notNullable();
    table.text('filled').nullable().comment('Parameters that the hub added');
    table.boolean('cache').notNullable();
    table.string('idempotency_key', 200).notNullable();
    table.string('fingerprint', 64).notNullable();
    table.string('created_at', 32).notNullable();
    table.string('started_at', 40).nullable();
    table.string('finished_at', 40).nullable();
    table
      .string('asked_at', 32)
      .nullable()
      .comment('When the engine was first asked to start it');
    table.string('observed_at', 32).nullable();
    table.text('stop_reason').nullable();
    table.integer('version_made').nullable();
    table.text('metric').nullable();
    table.string('trial_metric', 80).nullable();
    table.string('decision_id', 80).nullable();
    table.unique(['pipeline', 'number']);
    table.unique(['pipeline', 'idempotency_key']);
    table.index(['state']);
    table.index(['created_at']);
  });
  await knex.schema.createTable('run_steps', table => {
    table.string('run_id', 36).primary();
    table.text('steps').notNullable();
  });
  await knex.schema.createTable('run_trials', table => {
    table.string('run_id', 36).notNullable();
    table.integer('candidate').notNullable();
    table.text('trial').notNullable();
    table.primary(['run_id', 'candidate']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const name of [
    'run_trials',
    'run_steps',
    'runs',
    'pipeline_versions',
    'pipelines',
    'ci_pipelines',
    'repositories',
  ]) {
    await knex.schema.dropTable(name);
  }
};
