// Made by tools/detector-lists/build-lexicon.ts.
import { wordSet } from '../word-set.ts'

export const namesNotWords = wordSet('abduallahs aleeshas assads ateye buari chenhaos danciu daramolas dhairyas ebieres eleuds enache fadzilahs gabbidon gaffney hinal husnas kornels lilians maclellan mehmoods mirels mogbonjubolas multani nanns nicolaes nuadhas oliwiers oliwkas olumuyiwas osaretins otasowies ozigbo pax philp ralf-peter rauls rosser saoirses sewas sulemanas tremaynes yilins yinuos')
