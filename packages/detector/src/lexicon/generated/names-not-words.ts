// Made by tools/detector-lists/build-lexicon.ts.
import { wordSet } from '../word-set.ts'

export const namesNotWords = wordSet('aleeshas assads ateye bernis catie chenhaos danciu dhairyas ebipades eleuds fadzilahs gabbidon gaffney gitanjalis gundula haciali horst-dieter husnas janines kes kornels lilians lulus malyuns mamadous mcghee mirels mogbonjubolas nicolaes oliwiers oliwkas olumuyiwas olwenas osaretins overton paiton philp ralf-peter rauls rosser sadittin saoirses sergius sevginur shaliahs sulemanas sylus tennant thien torquhils ukamakas ullah yinuos')
