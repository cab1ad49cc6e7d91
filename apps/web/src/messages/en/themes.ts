// Words of the screen in screens/themes. Keys begin with "themes.".
import { countWords } from '../count-words.ts'

export const themes = {
  'themes.title': 'Themes in what clients say',
  'themes.nav': 'Themes',
  'themes.navSays': 'Read without identity, count themes. Nothing that you read is kept.',
  'themes.says':
    'Words come without names, places, dates or numbers, and without saying whose they are. They stay in this tab only while you read. What you save are counts.',
  'themes.question': 'Which answers to read',
  'themes.until': ({ quarter }: { quarter: string }) => `Answers from sessions until ${quarter} are here.`,
  'themes.start': 'Start reading',
  'themes.reading': ({ at }: { at: number }) => `Text ${at}`,
  'themes.none': 'There is nothing left to read here',
  'themes.noneSays': 'Save the counts, or choose another question.',
  'themes.pick': 'Themes in this text',
  'themes.new': 'Add a theme',
  'themes.newHint': 'A label of up to five words. Never a sentence of the text.',
  'themes.add': 'Add',
  'themes.long': 'Write a label of two to forty letters and at most five words',
  'themes.twice': 'This theme is there already',
  'themes.noTheme': 'Add at least one theme first',
  'themes.next': 'Next text',
  'themes.save': 'Save the counts',
  'themes.saved': 'The counts are saved. The texts are gone from this tab.',
  'themes.discard': 'Stop without saving',
  'themes.discardAsk': 'Stop and lose the counts of this reading? Nothing else is lost.',
  'themes.count': ({ count }: { count: number }) => `${count} so far`,
  'themes.earlier': 'Counted before',
  'themes.earlierNone': 'No counts yet. Choose a question and start reading.',
  'themes.span': ({ quarter }: { quarter: string }) => `sessions until ${quarter}`,
  'themes.codingSays': ({ read, day, span }: { read: string; day: string; span: string }) =>
    `About ${countWords(read, 'text', 'texts')}, ${span}, counted on ${day}.`,
}
