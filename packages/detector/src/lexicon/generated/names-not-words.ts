// Made by tools/detector-lists/build-lexicon.ts.
import { wordSet } from '../word-set.ts'

export const namesNotWords = wordSet('abduallahs cranston eleuds enache hanife herve hinal husnas jabezs janines javeds kornels lilians mehmoods mirels nanns ogwens oliwiers ozigbo ralf-peter rauls rosser souleymanes sulemanas sykes teigue torquhils virk wiafe yinuos')
