/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('data_assets', table => {
    table.comment(
      'Datasets and feature views as lists show them; made anew from the catalog and from what runs read',
    );
    table.string('kind', 16).notNullable();
    table.string('name', 63).notNullable();
    table.string('owner', 255).notNullable();
    table.text('words').notNullable().comment('What a search looks in');
    table.string('late_at', 32).nullable().comment('Empty: never read');
    table.string('stale_at', 32).nullable();
    table.string('judged_by', 16).notNullable();
    table.text('body').notNullable();
    table.string('digest', 64).notNullable().comment('Of all of the above');
    table.primary(['kind', 'name']);
    table.index(['kind', 'late_at']);
    table.index(['kind', 'owner']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('data_assets');
};
