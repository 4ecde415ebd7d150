/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('mlops_problems', table => {
    table.string('name', 64).primary();
    table.text('policy').notNullable().comment('JSON: problem.yaml, checked');
    table.string('commit', 64).notNullable();
    table.string('updated_at', 40).notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('mlops_problems');
};
