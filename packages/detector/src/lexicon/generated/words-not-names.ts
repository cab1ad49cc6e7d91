// Made by tools/detector-lists/build-lexicon.ts.
import { wordSet } from '../word-set.ts'

export const wordsNotNames = wordSet('abusiveness achiest amusing appendicitis bechod bestrid blockbusters canny caricatured caucusing concatenated dictum digitisation dory excoriating facials forsythias fountain gawkier hairdresser handstands hue hypo liaison madcap minxes myself novelette observatories penes physic pittance platooning ploughs potions profusely puma punts pushchairs pyramid quotes rabid retaliating scoundrels sensuous socioeconomic spanner tormenting twitched usurps vocational wingers')
