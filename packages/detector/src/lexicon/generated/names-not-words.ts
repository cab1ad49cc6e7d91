// Made by tools/detector-lists/build-lexicon.ts.
import { wordSet } from '../word-set.ts'

export const namesNotWords = wordSet('assads chimamakas cranston ebieres ebipades eleuds fearchars hanife hinal husnas kornels malyuns mirels oliwiers osaretins ozigbo ralf-peter rankine rauls safet sewas sykes teigue thien vokes wiafe')
