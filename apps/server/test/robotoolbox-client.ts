// What robotoolbox 1.6.2 does, for machines without R: the calls of its source in the same order, its checks, and the tables that it builds of the
// answers (https://github.com/dickoa/robotoolbox: R/utils.R, kobo_asset.R, kobo_form.R, kobo_data.R). Finds what robotoolbox.R finds.
type Json = Record<string, unknown>
type Row = { name: string; type: string; label: readonly (string | null)[]; list: string | undefined }
type Table = { readonly name: string; readonly above: string | undefined; readonly rows: Json[] }

const largestPage = 1_000

export async function runAsRobotoolbox(server: string, password: string) {
  const ask = async (path: string, authorization: string) => {
    const reply = await fetch(path.startsWith('http') ? path : `${server}/${path}`, { headers: { authorization } })
    if (reply.status >= 300) throw new Error(`${path}: ${reply.status}`)
    return reply
  }
  const basic = `Basic ${Buffer.from(`anybody:${password}`).toString('base64')}`
  const { token } = (await (await ask('token/?format=json', basic)).json()) as { token: string }
  insist(/^[0-9a-f]{40}$/.test(token), 'Invalid token')
  const get = async (path: string) => {
    const reply = await ask(path, `Token ${token}`)
    insist(String(reply.headers.get('content-type')).includes('application/json'), 'no JSON')
    return (await reply.json()) as Json & { results: Json[]; count: number }
  }
  const lists = await Promise.all([0, 100].map((offset) => get(`api/v2/assets?metadata=on&limit=100&offset=${offset}`)))
  const assets = lists.flatMap(({ results }) => results)
  const uid = String(assets[0]!['uid'])
  insist(/^a[A-Za-z0-9]{21}$/.test(uid), 'Invalid asset uid')
  const asset = await get(`api/v2/assets/${uid}`)
  insist(asset['asset_type'] === 'survey', 'You can only read data from a survey')
  const languages = (asset['content'] as { translations: string[] }).translations
  const size = Number(asset['deployment__submission_count'])
  const form = async () => {
    const versions = (await get(`/api/v2/assets/${uid}/versions/`.slice(1))).results
    const [version] = versions
    insist(/^v[A-Za-z0-9]{21}$/.test(String(version!['uid'])), 'Invalid asset version uid')
    const { content } = await get(`api/v2/assets/${uid}/versions/${String(version!['uid'])}`)
    return { versions, ...readContent(content as Content, languages.indexOf('Cymraeg (cy)')) }
  }
  const page = (options: string) => get(`api/v2/assets/${uid}/data.json?${options}`).then(({ results }) => results)
  const { versions, survey, labels } = await form()
  const build = (results: readonly Json[]) => toTables(results, survey, labels)

  const tables = build(await page(`limit=${largestPage}`))
  const [main, visits, steps] = tables
  const at = main!.rows.findIndex((row) => row['session_on'] === '2025-07-10')
  const one = main!.rows[at]!
  const columns = (row: Json, ...names: string[]) => Object.fromEntries(names.map((name) => [name, row[name]]))
  const mine = visits!.rows.filter((row) => row['_parent_index'] === one['_index'])

  const query = encodeURIComponent('{"time_point": "after"}')
  insist((await get(`api/v2/assets/${uid}/data.json?limit=1&query=${query}`)).count > 0, 'nothing found')
  const fields = encodeURIComponent('["photo","__version__"]')
  const starts = Array.from({ length: Math.ceil(size / 4) }, (_, place) => place * 4)
  const pages = await Promise.all(starts.map((start) => page(`start=${start}&limit=${Math.min(4, size - start)}`)))
  const attached = encodeURIComponent('["_attachments", "formhub/uuid", "_uuid"]')
  insist((await get(`api/v2/assets/${uid}/data.json?limit=1&fields=${attached}`)).count === size, 'another count')
  const files = (await page(`fields=${attached}&limit=${size}`)).flatMap((row) => {
    insist(row['_id'] !== undefined, 'Column `_id` is missing')
    return row['_attachments'] as { download_url: string; media_file_basename: string }[]
  })
  const contents = await Promise.all(
    files.map(async ({ download_url: url }) =>
      Buffer.from(await (await ask(url, `Token ${token}`)).arrayBuffer())
        .subarray(-5)
        .toString(),
    ),
  )
  return {
    assets: assets.length,
    name: asset['name'],
    submissions: size,
    versions: versions.length,
    deployed: versions.every(({ date_deployed: deployed }) => deployed !== false),
    languages,
    tables: tables.map(({ name }) => name),
    keys: tables.slice(1).map(({ name, above }) => `${name} ${above}`),
    rows: tables.map(({ rows }) => rows.length),
    classes: ['session_on', '_submission_time', 'visit_on'].map((name) => classOf([...main!.rows, ...visits!.rows].map((row) => row[name]))),
    label: survey.find(({ name }) => name === 'session_on')!.label[0],
    choices: [...labels.get('time_point')!.values()].map((label) => label.normalize('NFD').replace(/[\u0300-\u036f]/g, '')),
    chosen: one['time_point'],
    support: [columns(one, 'other_support', 'other_support_health-visiting', 'other_support_education', 'other_support_none')],
    place: [columns(one, 'door_at_latitude', 'door_at_longitude', 'door_at_altitude', 'door_at_precision', 'door_at_wkt')],
    validation: Object.keys(one['_validation_status'] as object).length === 0,
    visits: mine.map((row) => columns(row, 'visit_on', 'visit_note')),
    steps: steps!.rows.filter((row) => mine.some((visit) => visit['_index'] === row['_parent_index'])).map((row) => row['step_note']),
    filtered: build(await page(`limit=${largestPage}&query=${query}`))[0]!.rows.length,
    few: [...new Set((await page(`limit=${largestPage}&fields=${fields}`)).flatMap(Object.keys))].filter((name) => name !== '__version__').sort(),
    paged: new Set(pages.flat().map((row) => row['_id'])).size,
    files: files.map(({ media_file_basename: name }) => name).sort(),
    contents: contents.sort(),
  }
}

function insist(isSo: boolean, otherwise: string): asserts isSo {
  if (!isSo) throw new Error(otherwise)
}

type Content = {
  survey: { type: string; $autoname?: string; label?: (string | null)[]; select_from_list_name?: string }[]
  choices: { list_name: string; $autovalue: string; label: (string | null)[] }[]
}

/** Questions with their label in the language, and the labels of the choices by the question that offers them. */
function readContent({ survey, choices }: Content, language: number) {
  const rows = survey.map(({ type, $autoname = '', label = [], select_from_list_name: list }): Row => {
    return { type, name: $autoname, label: [label[language] ?? ''], list }
  })
  const of = (list: string) =>
    choices.filter((choice) => choice.list_name === list).map((choice) => [choice.$autovalue, choice.label[language] ?? ''] as const)
  return { survey: rows, labels: new Map(rows.flatMap(({ name, list }) => (list === undefined ? [] : [[name, new Map(of(list))] as const]))) }
}

/** The record's table and one for each repeat, also inside another: rows by the last part of each key, numbered, with the number of the row above. */
function toTables(results: readonly Json[], survey: readonly Row[], labels: ReadonlyMap<string, ReadonlyMap<string, string>>): Table[] {
  const repeats = new Set(survey.filter(({ type }) => type === 'begin_repeat').map(({ name }) => name))
  const types = new Map(survey.map(({ name, type }) => [name, type]))
  const tables: Table[] = []
  const add = (name: string, above: string | undefined, given: readonly { row: Json; parent?: number }[]) => {
    insist(given.length > 0, `dm_add_fk: no row of ${name} names the table above it`)
    const rows = given.map(({ row, parent }, at) => ({
      _index: at + 1,
      ...(parent !== undefined && { _parent_index: parent }),
      ...Object.fromEntries(Object.entries(row).map(([key, value]) => [key.slice(key.lastIndexOf('/') + 1), value])),
    }))
    for (const row of rows) expand(row, types, labels)
    tables.push({ name, above, rows })
    for (const repeat of new Set(rows.flatMap(Object.keys)))
      if (repeats.has(repeat)) {
        const below = rows.flatMap(
          (row) => ((row as Json)[repeat] as Json[] | undefined)?.map((inner) => ({ row: inner, parent: row['_index'] })) ?? [],
        )
        add(repeat, name, below)
      }
  }
  add(
    'main',
    undefined,
    results.map((row) => ({ row })),
  )
  return tables
}

/** A column for each choice of several, and the parts of a place. */
function expand(row: Json, types: ReadonlyMap<string, string>, labels: ReadonlyMap<string, ReadonlyMap<string, string>>): void {
  for (const [name, value] of Object.entries(row)) {
    const type = types.get(name)
    if (type === 'select_multiple')
      for (const choice of labels.get(name)!.keys()) row[`${name}_${choice}`] = String(value).split(' ').includes(choice) ? 1 : 0
    if (type === 'geopoint') {
      const parts = String(value).split(' ')
      insist(parts.length === 4, 'separate_wider_delim: expected 4 pieces')
      for (const [at, part] of ['latitude', 'longitude', 'altitude', 'precision'].entries()) row[`${name}_${part}`] = Number(parts[at])
      row[`${name}_wkt`] = `POINT (${parts[1]} ${parts[0]} ${parts[2]})`
    }
  }
}

/** What a column becomes when every value in it is one. */
function classOf(values: readonly unknown[]): string {
  const given = values.filter((value) => value !== undefined && value !== null).map(String)
  if (given.every((value) => /^\d{4}-\d\d-\d\d$/.test(value))) return 'Date'
  return given.every((value) => !Number.isNaN(Date.parse(`${value}Z`))) ? 'POSIXct' : 'character'
}
