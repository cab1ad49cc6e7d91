// Who may import whom (docs/architecture.md, "Who may import whom"). Anything not listed is refused.
const pure = ['policy', 'xlsform', 'forms', 'measures', 'detector', 'programme', 'charts', 'contract']

/** What each room may import beside itself. Outside packages are named where a room has a reason for one. */
const mayImport = {
  policy: [],
  measures: [],
  charts: [],
  forms: ['policy'],
  detector: ['policy'],
  xlsform: ['forms', 'policy'],
  contract: ['forms', 'policy'],
  programme: ['policy', 'forms', 'xlsform', 'measures', 'detector'],
}
const outside = {
  charts: ['d3-scale', 'd3-shape', '@types/d3-scale', '@types/d3-shape'],
  contract: ['typebox'],
  forms: ['@getodk/xforms-engine', 're2js'],
  programme: ['yaml'],
}

const tests = '(\\.test\\.ts|\\.test-d\\.ts|/test/.*)$'

const packageRules = pure.map((room) => ({
  name: `${room}-imports`,
  comment: `packages/${room} may import ${mayImport[room].join(', ') || 'no other room'}${outside[room] ? ` and ${outside[room].join(', ')}` : ''}.`,
  severity: 'error',
  from: { path: `^packages/${room}/`, pathNot: tests },
  to: {
    pathNot: [
      `^packages/${room}/`,
      ...mayImport[room].map((other) => `^packages/${other}/src/index\\.ts$`),
      ...(outside[room] ?? []).map((name) => `(^|/)node_modules/${name}/`),
    ],
  },
}))

/** What a room may reach by value. The types of `attune.ts` (what a running server is made of) are everybody's; other rooms' types only where named. */
const serverRoom = (room, mayReach, mayReachTypes = []) => {
  const places = (names) => names.map((other) => `^apps/server/src/${other}`)
  const always = [`^apps/server/src/${room}/`, '^apps/server/src/problems\\.ts$', '^apps/server/src/attune\\.ts$', ...places(mayReach)]
  const rule = (name, to) => ({
    name,
    comment: `In the server, ${room} may reach ${mayReach.join(', ') || 'no other room'}${mayReachTypes.length > 0 ? `, and types of ${mayReachTypes.join(', ')}` : ''}.`,
    severity: 'error',
    from: { path: `^apps/server/src/${room}/`, pathNot: tests },
    to,
  })
  return [
    rule(`server-${room}`, { path: '^apps/server/src/', pathNot: [...always, ...places(mayReachTypes)] }),
    rule(`server-${room}-types`, { path: places(mayReachTypes), dependencyTypesNot: ['type-only'] }),
  ].slice(0, mayReachTypes.length > 0 ? 2 : 1)
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...packageRules,
    ...serverRoom('routes', ['actions/', 'present/', 'app\.ts$', 'env\.ts$']),
    ...serverRoom('actions', ['store/', 'outside/', 'env\.ts$']),
    ...serverRoom('present', [], ['actions/', 'store/']),
    ...serverRoom('store', ['env\.ts$'], ['outside/']),
    ...serverRoom('outside', ['env\.ts$'], ['store/']),
    ...serverRoom('jobs', ['actions/', 'store/', 'outside/', 'env\.ts$']),
    {
      name: 'only-store-speaks-sql',
      comment: 'Only apps/server/src/store may use pg or kysely.',
      severity: 'error',
      from: { path: '^apps/', pathNot: ['^apps/server/src/store/', tests] },
      to: { path: 'node_modules/(pg|kysely)/' },
    },
    {
      name: 'web-imports',
      comment: 'The web app sees contract, policy, forms, detector, measures and charts; never the server, the compiler or the programme reader.',
      severity: 'error',
      from: { path: '^apps/web/src/', pathNot: tests },
      to: { path: '^(apps/server|packages/(xlsform|programme)|programmes|tools)/' },
    },
    {
      name: 'nobody-imports-an-app',
      comment: 'Packages and tools never import an app; tools start it as a program.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    {
      name: 'front-doors',
      comment: 'A package is entered by the doors its package.json exports, not by a path into its inside.',
      severity: 'error',
      from: { path: '^(apps|tools|packages/([^/]+))/', pathNot: tests },
      to: {
        path: '^packages/([^/]+)/src/',
        pathNot: ['^packages/$2/', '^packages/[^/]+/src/(index|engine)(\\.ts|/index\\.ts)$', '\\.yaml$', '^packages/measures/src/scales/'],
      },
    },
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or a third is missing.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'declared',
      comment: 'A package that is used is declared in the package.json beside it.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: tests },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage|\\.attune)/|^apps/web/build/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.vue', '.json', '.yaml'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
