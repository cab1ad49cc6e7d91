// Made by tools/detector-lists/build-lexicon.ts.
import { wordSet } from '../word-set.ts'

export const wordsNotNames = wordSet('abusiveness accusative achiest alreight appendicitis bechod bestrid blazing blockbusters canny caricatured caucusing congregated connected constipated crazies decree dictum dislocated envying excoriating facials fillings fountain handstands hue hypo institution jazzy minxes myself newels observatories oesophagus pagoda physic pittance potions profusely proportioned puma pushchairs quotes retaliating scoundrels sensuous socioeconomic tormenting usurps vocational wheelbase wingers workload')
