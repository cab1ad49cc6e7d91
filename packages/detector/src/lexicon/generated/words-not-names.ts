// Made by tools/detector-lists/build-lexicon.ts.
import { wordSet } from '../word-set.ts'

export const wordsNotNames = wordSet('abusiveness achiest acids adores angles appendicitis asunder authorise backlashes bestrid blacked brighter canny caricatured caucusing cheesecloth complained daisy digitisation dory dumbfounding excoriating gawkier grinning handlebars inexperienced juniors madcap matinee moonstones myself observatories paediatric parameciums penes platooning potions prejudicing punts pushchairs pyxes quotes reverberation revolted running scarce sports strata sunflowers terminates tormenting trochee twitched unhappiest utopian wearier wheelbase wingers yelling')
