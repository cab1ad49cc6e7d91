// Made by tools/detector-lists/build-lexicon.ts.
import { wordSet } from '../word-set.ts'

export const wordsNotNames = wordSet('abusiveness achiest adores angles authorise backlashes batters bestrid blockbusters braves brighter canny caricatured caucusing cheesecloth collared complained concatenated consignment daisy decree dethrone dumbfounding excoriating facials gawkier handstands heckling hue inexperienced liaison masthead matinee minxes moonstones myself novelette observatories oesophagus paediatric parameciums platooning ploughs portcullis potions prejudicing pry punts pushchairs pyxes quietest quotes reverberation revolted running scarce scoundrels spanner sports strata sunflowers tormenting twitched wheelbase wingers works')
