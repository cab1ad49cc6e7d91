// What a pure package cannot even spell, who may read the environment, fetch, or open IndexedDB. Format is prettier's.
import vue from 'eslint-plugin-vue'
import typescript from 'typescript-eslint'

const pure = ['packages/*/src/**/*.ts']
const tests = ['**/*.test.ts', '**/*.test-d.ts', '**/*.bench.ts', '**/*.fixture.ts']

const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Named exports only: a thing has one name everywhere.' }
const noClock = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'A pure package has no clock: take the time as a parameter.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'A pure package has no clock: take the time as a parameter.' },
  { selector: "CallExpression[callee.name='Date']", message: 'A pure package has no clock: take the time as a parameter.' },
  { selector: "MemberExpression[object.name='performance']", message: 'A pure package has no clock.' },
]
const noRandomness = [
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'A pure package has no randomness: take the random bytes as a parameter.',
  },
  { selector: "MemberExpression[object.name='crypto']", message: 'A pure package has no randomness and no keys.' },
]
const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only apps/server/src/env.ts reads the environment.',
}
const unsafeRegExp = {
  selector: ":matches(NewExpression, CallExpression)[callee.name='RegExp'][arguments.0.type!='Literal']",
  message: 'A pattern from elsewhere can hang the process: use the linear engine (ASVS 1.2.9).',
}
const brokenHash = {
  selector: 'CallExpression[callee.name=/^create(Hash|Hmac)$/][arguments.0.value=/^(md5|sha1|sha-1|md4|rmd160)$/i]',
  message: 'MD5 and SHA-1 are broken (ASVS 11.4.1).',
}
const joinedSql = [
  {
    selector: "CallExpression[callee.property.name='query'][arguments.0.type='TemplateLiteral'][arguments.0.expressions.length>0]",
    message: 'Values are bound, never joined into SQL (ASVS 1.2.4).',
  },
  {
    selector: "CallExpression[callee.property.name='query'][arguments.0.type='BinaryExpression']",
    message: 'Values are bound, never joined into SQL (ASVS 1.2.4).',
  },
  {
    selector: "CallExpression[callee.object.name='sql'][callee.property.name='raw']",
    message: 'Values are bound, never joined into SQL (ASVS 1.2.4).',
  },
]
/** What they join are names of roles, tables and databases of our own, which cannot be bound. */
const ownNames = [
  'apps/server/src/store/with-actor.ts',
  'apps/server/src/store/migrate.ts',
  'apps/server/src/store/postgres-databases.ts',
  'apps/server/src/store/postgres-roles.ts',
  'apps/server/src/store/backup/**',
  'apps/server/src/store/log/**',
]
/** Their patterns are put together from constants of the same file. */
const constantPatterns = [
  'packages/forms/src/submission/read-value.ts',
  'packages/policy/src/client-code.ts',
  'packages/xlsform/src/expressions/references.ts',
  'packages/xlsform/src/expressions/lexer.ts',
  'packages/xlsform/src/expressions/xpath-tokens.ts',
]
const worlds = [
  'process',
  'window',
  'document',
  'fetch',
  'console',
  'localStorage',
  'indexedDB',
  'navigator',
  'setTimeout',
  'setInterval',
  'Buffer',
  'require',
].map((name) => ({
  name,
  message: 'A pure package does not touch the world: apps carry values in and out.',
}))

export default [
  { ignores: ['**/node_modules/**', '**/dist/**', '.attune/**', 'coverage/**', 'screenshots/**', '**/*.d.ts'] },
  ...typescript.configs.recommended,
  ...vue.configs['flat/essential'],
  {
    files: ['**/*.ts', '**/*.vue', '**/*.mjs'],
    languageOptions: { parserOptions: { parser: typescript.parser, ecmaVersion: 2024, sourceType: 'module' } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-empty-object-type': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-eval': 'error',
      'no-console': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
    },
  },
  {
    files: pure,
    ignores: [...tests, 'packages/forms/src/engine/**'],
    rules: {
      'no-restricted-globals': ['error', ...worlds],
      'no-restricted-syntax': ['error', noDefaultExport, noEnvironment, ...noClock, ...noRandomness],
    },
  },
  {
    files: pure,
    ignores: [...tests, 'packages/forms/src/engine/**', ...constantPatterns],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport, noEnvironment, unsafeRegExp, ...noClock, ...noRandomness] },
  },
  {
    files: ['apps/server/src/**/*.ts'],
    ignores: [...tests, 'apps/server/src/env.ts'],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport, noEnvironment, unsafeRegExp, brokenHash] },
  },
  {
    files: ['apps/server/src/**/*.ts'],
    ignores: [...tests, 'apps/server/src/env.ts', ...ownNames],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport, noEnvironment, unsafeRegExp, brokenHash, ...joinedSql] },
  },
  {
    files: ['apps/web/src/**/*.ts', 'apps/web/src/**/*.vue'],
    ignores: [...tests, 'apps/web/src/api.ts', 'apps/web/src/service-worker*', 'apps/web/src/service-worker/**'],
    rules: { 'no-restricted-globals': ['error', { name: 'fetch', message: 'Only api.ts fetches.' }] },
  },
  {
    files: ['apps/web/src/**/*.ts', 'apps/web/src/**/*.vue'],
    ignores: [...tests, 'apps/web/src/vault/**', 'apps/web/src/outbox/**'],
    rules: {
      'no-restricted-properties': ['error', { object: 'window', property: 'indexedDB', message: 'Only vault and outbox touch IndexedDB.' }],
      'no-restricted-syntax': ['error', { selector: "Identifier[name='indexedDB']", message: 'Only vault and outbox touch IndexedDB.' }],
    },
  },
]
