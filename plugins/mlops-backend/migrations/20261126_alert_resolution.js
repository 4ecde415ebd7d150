/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('monitoring_alerts', table => {
    table.string('resolved_because', 16).nullable().comment('quiet | replaced');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('monitoring_alerts', table => {
    table.dropColumn('resolved_because');
  });
};
