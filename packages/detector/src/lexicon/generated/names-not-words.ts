// Made by tools/detector-lists/build-lexicon.ts.
import { wordSet } from '../word-set.ts'

export const namesNotWords = wordSet('assads cardiff danciu ebieres ebipades eleuds enache herve husnas jabezs kornels lilians malyuns mehmoods mirels nanns ogwens oliwiers osaretins ralf-peter rauls rosser saoirses sewas vokes yinuos')
