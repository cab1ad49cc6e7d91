// Words of the screens in screens/log. Keys begin with "log.".
import { countWords } from '../count-words.ts'

export const log = {
  'log.title': 'Log',
  'log.nav': 'Log',
  'log.navSays': 'Who did what, when and why.',
  'log.says': 'Who did what, when and for which purpose. It holds no answers, no names of clients and no codes, and nobody can change it.',
  'log.filter': 'Filter',
  'log.action': 'What was done',
  'log.outcome': 'Outcome',
  'log.role': 'Role',
  'log.service': 'Service',
  'log.any': 'Any',
  'log.done': 'Done',
  'log.refused': 'Refused',
  'log.failed': 'Failed',
  'log.when': 'When',
  'log.who': 'Who',
  'log.purpose': 'Purpose',
  'log.detail': 'Details',
  'log.noPurpose': 'none needed',
  'log.caption': 'Events, newest first',
  'log.older': 'Show older events',
  'log.searching': 'Looking further back…',
  'log.count': ({ shown, read }: { shown: string; read: string }) =>
    shown === read ? countWords(read, 'event', 'events') : `${shown} of the ${countWords(read, 'event', 'events')} read so far`,
  'log.none': 'Nothing has happened yet',
  'log.noneSays': 'Everything that people do is noted here from now on.',
  'log.noneFit': 'No event fits these filters',
  'log.noneFitSays': 'Look at older events, or clear the filters.',
  'log.clear': 'Clear all filters',
  'log.end': 'This is where the log begins.',
}
