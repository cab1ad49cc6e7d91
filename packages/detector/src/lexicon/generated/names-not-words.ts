// Made by tools/detector-lists/build-lexicon.ts.
import { wordSet } from '../word-set.ts'

export const namesNotWords = wordSet('aleeshas assads ateye buari chenhaos cranston danciu daramolas dhairyas ebipades eleuds enache fadzilahs gabbidon gaffney gitanjalis hamidas hinal husnas iwonas jabezs javeds kornels lilians lulus maclellan malyuns mamadous mcghee mehmoods mirels mogbonjubolas nanns nicolaes okseven oliwiers oliwkas olowu olumuyiwas pax ralf-peter rauls rosser safet saoirses sergius shaliahs shaylas tadeuszs teigue tishaunas torquhils tremaynes ukamakas')
