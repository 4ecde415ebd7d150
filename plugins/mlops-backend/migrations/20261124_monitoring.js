/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('monitoring_days', table => {
    table.comment('Days of predictions that have been counted into cells');
    table.string('endpoint', 63).notNullable();
    table.integer('version').notNullable();
    table.string('day', 10).notNullable();
    table.integer('n').notNullable().comment('Different predictions');
    table.integer('requests').notNullable();
    table.string('last_at', 32).notNullable().comment('Newest event time');
    table
      .string('fingerprint', 64)
      .notNullable()
      .comment('State of the files that were counted');
    table.text('quality').nullable().comment('Sums that quality comes from');
    table.integer('labels').notNullable().defaultTo(0);
    table.primary(['endpoint', 'version', 'day']);
  });
  await knex.schema.createTable('monitoring_cells', table => {
    table.comment('Counts per frozen cell; days add up to windows');
    table.string('endpoint', 63).notNullable();
    table.integer('version').notNullable();
    table.string('day', 10).notNullable();
    table.string('role', 16).notNullable().comment('feature | prediction');
    table.string('feature', 255).notNullable();
    table.text('cells').notNullable();
    table.primary(['endpoint', 'version', 'day', 'role', 'feature']);
    table.index(['endpoint', 'version', 'feature']);
  });
  await knex.schema.createTable('monitoring_endpoints', table => {
    table.comment('What is known of an endpoint that is watched');
    table.string('endpoint', 63).primary();
    table.string('evaluated_at', 32).nullable();
    table.string('labels_fingerprint', 64).notNullable().defaultTo('');
    table.integer('unknown_labels').notNullable().defaultTo(0);
    table.integer('refused').notNullable().defaultTo(0);
    table
      .text('judged')
      .notNullable()
      .comment('Newest judged window by version and kind');
  });
  await knex.schema.createTable('monitoring_alerts', table => {
    table.comment('Alerts with the evidence frozen at firing');
    table.string('id', 36).primary();
    table.string('endpoint', 63).notNullable();
    table.string('kind', 32).notNullable();
    table.string('subject', 255).notNullable();
    table.string('state', 16).notNullable().comment('firing | resolved');
    table
      .string('open_key', 400)
      .nullable()
      .unique()
      .comment('Set while it fires: one at a time');
    table.string('title', 400).notNullable();
    table.text('evidence').notNullable();
    table.string('fired_at', 32).notNullable();
    table.string('event_time', 32).notNullable();
    table.string('resolved_at', 32).nullable();
    table.string('acknowledged_by', 255).nullable();
    table.string('acknowledged_at', 32).nullable();
    table.text('acknowledge_reason').nullable();
    table.string('muted_until', 32).nullable();
    table.text('mute_reason').nullable();
    table.string('decision_id', 36).nullable();
    table.index(['endpoint', 'state']);
    table.index(['state', 'fired_at']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of ['alerts', 'endpoints', 'cells', 'days']) {
    await knex.schema.dropTable(`monitoring_${table}`);
  }
};
