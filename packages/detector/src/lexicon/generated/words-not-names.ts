// Made by tools/detector-lists/build-lexicon.ts.
import { wordSet } from '../word-set.ts'

export const wordsNotNames = wordSet('abusiveness amusing appendicitis bechod bestrid blacked blazing blockbusters canny caricatured caucusing concatenated congregated connected cyberpunks daisy dictum dislocated dory envying excoriating facials forsythias fountain gawkier hairdresser hypo institution liaison minxes myself novelette oesophagus panicked penes platooning ploughs potions preference prejudicing profusely puma pushchairs quotes revolted scoundrels sensuous spilling tormenting wheelbase wingers')
