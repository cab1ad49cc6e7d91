// Made by tools/detector-lists/build-lexicon.ts.
import { wordSet } from '../word-set.ts'

export const wordsNotNames = wordSet('abusiveness amusing appendicitis bechod bestrid blacked blockbusters burglarises canny caricatured caucusing concatenated connected consignment digitisation dispossessed envying err excoriating facials fillings fountain gawkier gorgeous handstands hypo jazzy juxtaposition liaison madcap myself newels oesophagus pagoda pittance ploughs portcullis profusely pushchairs quotes rabid relations retaliating revolted scoundrels sensuous socioeconomic spanner usurps utopian vocational wheelbase wingers workload works')
