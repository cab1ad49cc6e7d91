// Made by tools/detector-lists/build-lexicon.ts.
import { wordSet } from '../word-set.ts'

export const wordsNotNames = wordSet('abusiveness accusative achiest alreight appendicitis bechod bestrid blockbusters canny caricatured caucusing concatenated congregated connected consignment daisy decree dethrone dictum digitisation excoriating facials fountain gawkier glueing hairdresser handstands hue hypo institution liaison mantoes minxes myself newels oesophagus pittance platooning ploughs potions profusely puma pushchairs pushes pyramid quotes rabid revolted scornfully scoundrels sensuous socioeconomic spilling tormenting trochee turf usurps utopian vocational wheelbase wingers')
