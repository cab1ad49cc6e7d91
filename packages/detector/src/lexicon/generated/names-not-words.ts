// Made by tools/detector-lists/build-lexicon.ts.
import { wordSet } from '../word-set.ts'

export const namesNotWords = wordSet('assads cranston ebieres eleuds enache hanife herve hinal holness horst-dieter husnas jabezs janines kornels mehmoods mirels nanns ogos ogwens oliwiers overton ralf-peter rankine rauls rosser safet sewas shaliahs souleymanes teigue tremaynes yinuos')
