// Conformance suites are tests that other packages call: they define and export what a test file must not.
module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      files: ['src/testUtils/**'],
      rules: {
        'jest/no-export': 'off',
        'jest/valid-title': 'off',
        'jest/expect-expect': 'off',
        'jest/no-disabled-tests': 'off',
        'jest/no-standalone-expect': 'off',
      },
    },
  ],
});
