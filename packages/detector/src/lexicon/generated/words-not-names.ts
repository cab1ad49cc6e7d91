// Made by tools/detector-lists/build-lexicon.ts.
import { wordSet } from '../word-set.ts'

export const wordsNotNames = wordSet('abusiveness accusative alreight amusing appendicitis bechod bestrid blacked blazing blockbusters burglarises canny caricatured caucusing concatenated consignment constipated decree dictum envying excoriating fountain gawkier handlebars handstands hue institution juxtaposition lever liaison madcap myself oesophagus panicked physic pittance platooning portcullis potions prejudicing proportioned punts pushchairs quotes relations revolted spanner spilling sworn turf usurps utopian vocational wheelbase wingers')
