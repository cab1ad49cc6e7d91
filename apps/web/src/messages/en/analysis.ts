// Words of the analyst's connected programs. Keys begin with "analysis.".
export const analysis = {
  'analysis.title': 'Analysis programs',
  'analysis.nav': 'Analysis programs',
  'analysis.navSays': 'Let a statistics program fetch the released figures of all services.',
  'analysis.says':
    'A connected program fetches what is released over all services as one table: counts and means, small numbers left out. It never gets a record. Each time is in the log, and the connection ends by itself after half a year.',
  'analysis.now': ({ name }: { name: string }) => `“${name}” needs these two`,
  'analysis.nowSays': 'The program sends the token in the header “Authorization: Token …”. “npx attune analyse” reads it from ATTUNE_ANALYSIS_TOKEN.',
  'analysis.token': 'Token',
  'analysis.nameHint': 'So that you know later which one to disconnect, for example “R on the office computer”',
  'analysis.noneSays': 'Connect one above, or read the national report here.',
  'analysis.disconnectSays': 'It can fetch nothing more from the next try on. What it fetched before stays with you.',
}
