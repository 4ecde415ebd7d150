/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('retraining_decisions', table => {
    table.comment('Every decision on retraining; stored before its effect');
    table.string('id', 36).primary();
    table
      .string('cause_key', 400)
      .notNullable()
      .unique()
      .comment('What was decided on: the same thing is decided on once');
    table.string('problem', 63).notNullable();
    table.string('at', 32).notNullable();
    table.string('event_time', 32).notNullable();
    table.string('trigger', 16).notNullable();
    table.string('outcome', 16).notNullable().comment('start | wait | ignore');
    table.string('cause', 32).notNullable();
    table.text('because').notNullable();
    table.string('actor', 255).notNullable();
    table.string('until', 32).notNullable();
    table.string('alert_id', 36).nullable();
    table
      .string('effect', 16)
      .notNullable()
      .comment('none | open | done | failed: whether the run was started');
    table.text('effect_error').nullable();
    table.string('run_id', 64).nullable();
    table.integer('run_number').nullable();
    table.index(['problem', 'at']);
    table.index(['effect']);
  });
  await knex.schema.createTable('retraining_problems', table => {
    table.comment('Pause and schedule of a problem');
    table.string('problem', 63).primary();
    table.boolean('paused').notNullable().defaultTo(false);
    table.string('paused_by', 255).nullable();
    table.text('paused_reason').nullable();
    table
      .string('schedule', 120)
      .notNullable()
      .defaultTo('')
      .comment('The schedule that next_at belongs to');
    table.string('next_at', 32).nullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('retraining_decisions');
  await knex.schema.dropTable('retraining_problems');
};
