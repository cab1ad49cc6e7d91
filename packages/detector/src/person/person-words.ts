// The words that stand around names in notes.
import { wordSet } from '../lexicon/word-set.ts'

export const titles = wordSet('mr mrs ms miss mx dr doctor prof professor rev reverend cllr mister missus madam imam judge pc dc pcso sgt')
/** A word that says who the next one is: "her cousin Khadija". */
export const rolesBefore = wordSet(`
  cousin sister brother uncle aunt auntie aunty nephew niece son daughter husband wife partner boyfriend girlfriend ex friend mate neighbour mum mom mam mummy mother dad daddy father nan nana nanny gran granny grandma grandmother
  grandad granddad grandpa grandfather stepdad stepmum stepson stepdaughter stepbrother stepsister child baby toddler twin boy girl lad sibling carer teacher worker guider supervisor midwife hv visitor nurse gp psychologist
  therapist keyworker solicitor headteacher tutor interpreter colleague practitioner guide childminder paediatrician consultant counsellor student trainee coach mentor baby's fiance fiancee fiancée godmother godfather
  sis bro eldest youngest oldest middle client caller babysitter housemate landlord guardian adopter sw ssw tsw asw ta senco
`)
/** Words after a name without its apostrophe: "nikkis mum". */
export const ownedWords = wordSet(`
  mum mom mam mummy mother dad daddy father nan nana nanny gran grandma grandad granddad uncle aunt auntie aunty cousin sister brother sisters brothers son daughter partner boyfriend girlfriend friend husband wife ex stepdad stepmum
  teacher school nursery house bedroom room behaviour birthday review tears sleep speech needs cues smile face eyes hand hands voice worker social foster carer carers parents family key sw hv ta bedtime routine plan clip clips attachment cry play baby
`)
export const namedBy = wordSet('called named nicknamed aka dear hi hello hiya thanks love regards morning hey')
/** Verbs and small words right before somebody's name. */
export const contactVerbs = wordSet(`
  discussed discuss discussing reviewed
  rang phoned called texted emailed messaged met saw visited told asked helped filmed thanked hugged kissed cuddled joined watched supported praised invited contacted fed dressed changed bathed held lifted carried
  rung ring phone text tell ask see meet visit film filming supporting helping watching seeing telling asking ringing phoning calling texting meeting visiting hit bit bites hits slapped pushed kicked hurt pinched scratched
  followed reassured comforted soothed noticed mirrored copied named greeted introduced remind reminded chased collected collects picks takes took drops dropped brought brings contacting email
`)
export const nameLinks = wordSet('with and & to for by from about between + / of like without than against beside behind near at on via cc')
/** Past and present verbs that mostly people do: right after a word, they make it somebody. */
export const personVerbs = wordSet(`
  said told asked laughed cried looked smiled sat slept wanted felt thought came went got gave took made saw rang phoned called texted emailed messaged spoke talked listened watched played ran walked stood refused agreed disagreed
  liked loved hated enjoyed knew found woke ate drank bit hit kicked threw pushed hugged kissed screamed shouted whispered sang danced nodded waved pointed turned leaned leant giggled chuckled grinned frowned sobbed wept yelled babbled cooed
  attended arrived visited left stayed returned helped tried managed struggled noticed explained described reported shared showed filmed chose picked held lifted carried fed bathed dressed read wrote drew joined replied answered responded
  says wants likes loves feels thinks needs plays looks smiles laughs cries goes comes takes gets sits knows tells asks sees attends lives works hates enjoys struggles tries sleeps eats talks speaks wakes reports explains helped
  admitted apologised worried moved handed dropped collected brought bought met kept began started stopped pulled grabbed copied reached followed set put wished hoped decided cancelled rearranged declined consented signed passed
  mentioned reflected denied disclosed alleged remembered forgot understood realised expected preferred planned offered suggested raised clapped banged crawled rolled climbed fell hurt tripped jumped hid settled calmed napped dozed
  yawned stared gazed glanced peeped blinked relaxed cuddled snuggled winced flinched hesitated paused commented complained confirmed queried requested thanked praised greeted welcomed lost won broke tore spilled spilt squealed squeezed
  named tidied counted built stacked painted coloured baked cooked cleaned drove travelled wrote sends sent dropped appeared seemed appears seems presented presents engaged engages interacts interacted
  doesnt didnt wasnt isnt hasnt couldnt wouldnt wont cant doesn't didn't wasn't isn't hasn't couldn't wouldn't won't can't
`)
/** More that mostly people do: enough after initials and after a name that is a word, too little after a word in no list. */
export const humanVerbs = wordSet(`
  prefers lets let keeps leads waits waited brings holds hugs kisses waves claps claps crawls climbs pulls pushes throws kicks gives finds follows copies listens watches notices misses missed points pointed hides hid counts cut cuts paints painted wears
  chooses chose chooses picks joins hums hummed whispers shouts screams giggles grins nods yawns naps wakes dances dressed washes washed feeds fed reads draws drew rings texts phones speaks spoke answers answered replies mirrors mirrored
  names imitates imitated responds responded reaches touches touched offers turns returns tidies stacks stacked builds rolls rolled rocks rocked cuddles snuggles leans sits stands tries tried pretends pretended remembers forgets forgot
  believes hopes hoped understands says complains agrees refuses refused arrives arrived cancels cancelled apologises promises promised wonders wondered prefers preferred settles dropped eats ate drank drinks sleeps bathes shares beams beamed
  attends visits visited works helps stops starts swims swam rides rode drives drove bakes baked cooks sweeps sorts sorted posts posted swaps swapped explores explored sneezes coughs coughed vomited
`)
/** After "is" or "was": how or who a person is. */
export const personStates = wordSet(`
  happy sad upset tired cross calm poorly ill unwell asleep awake hungry thirsty angry worried nervous anxious excited shy settled unsettled able unable keen proud sick late early here there back home absent present scared frightened
  exhausted teething crawling walking pregnant quiet loud clingy distressed tearful relaxed chatty reluctant responsive engaged withdrawn delighted pleased sorry confused frustrated grumpy bored brave gentle warm attentive attuned tuned
  one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen my her his their the a an our born named called known placed adopted fostered seen told asked moved removed in at with on out away
  not really very so still now also just always feeling being getting doing having playing looking crying smiling laughing sleeping sitting talking saying going coming trying watching holding wearing eating being living staying working
  referred supported discharged collected dropped bitten hurt diagnosed admitted
`)
export const fillers = wordSet(
  'just also then never always really still often sometimes usually now again both quickly slowly gently happily suddenly only even finally soon eventually nearly almost',
)
export const determiners = wordSet(
  'the a an this that these those every each some any no another such his her their its your which what more most much less all very so too as enough own',
)
export const timeWords = wordSet(
  'in since until till by last next this early late mid during before after through throughout end start beginning of from between every each to for on late- mid- and',
)
export const calendarWords = wordSet(
  'may march april june august january february september october november december summer autumn winter spring easter christmas sunday monday tuesday wednesday thursday friday saturday',
)
export const termWords = wordSet(
  'term terms holiday holidays half break breaks time school fair term-time born weather sun half-term babies baby day days month months breeze flowers cleaning onions bank ball sale show concert play mornings evenings evening morning holidays',
)
/** Heads of services, methods and papers: a capital before them is part of a title, not a person. */
export const titleHeads = wordSet(`
  programme program project group groups approach scale scales index questionnaire inventory model therapy training course app award method team service services centre center interview assessment tool toolkit framework
  plan protocol form study test checklist profile scheme initiative pathway principles principle act policy charter standard standards clinic workshop conference network partnership panel board meeting report card guide manual book
  song rhyme show film video game toy tablet phone laptop car van bus
`)
/** Before a lone capital letter these make it a label: "Group B", "Goal C". */
export const labelWords = wordSet(
  'year group class room goal clip section part option appendix plan vitamin form level band team block grade page figure table step tier type set unit route hepatitis house side key item question stage phase category box zone bus',
)
export const particles = wordSet('al el bin bint ibn abu abd van de da du der den di la le mac mc ap ab ferch ni nic o ul ur uz st')
export const clauseStarts = wordSet(
  'and but then when where because so that say said says reckons while if after before as until although since cos coz however today yesterday apparently where think thinks thought feels felt reported reports noticed once',
)
/** What only people do: the strongest sign after a word that could be anything. */
export const deeds = wordSet(`
  cried slept laughed smiled said asked giggled yawned waved nodded whispered shouted screamed sobbed apologised hugged kissed bit rang texted phoned told thanked refused agreed wanted felt thought knew hated loved liked
  loves likes hates wants thinks says knows tells asks smiles laughs cries sleeps eats bites hits drinks crawls walks talks sings dances chuckled grinned frowned babbled cooed clapped crawled napped winced
  didn't doesn't didnt doesnt can't cant won't wont hasn't hasnt isn't isnt wasn't wasnt
`)
/** Words for groups and bodies: they say, ask and agree as people do and name nobody. */
export const bodies = wordSet(`
  babby babbies bab bairn bairns wean weans babba bubba lad lads lass lasses pickney laddie lassie granda
  person persons visitor visitors worker workers midwife 
  parents parent children kids school nursery staff police panel court team everyone everybody nobody someone somebody anyone both all most some others people family families professionals agency solicitor solicitors hospital clinic council
  housing landlord neighbours twins boys girls teachers carers siblings toddler toddlers infant newborn adult adults mothers fathers dads mums she he they we you it who which that this these those neither none each either one nothing something
  management manager lead leads head heads chair receptionist reception surgery surgeon physio dietician dietitian ambulance paramedic paramedics advocate advocates barrister magistrate clerk officer officers guiders trainee trainees supervisors
  practitioners visitors nurses doctors midwives tutors students pupils pupil class group groups home service services department office duty minister vicar priest imam driver passenger crew folk folks youngsters youngster grandparents
  grandparent relatives relative cousins aunts uncles sisters brothers friends friend neighbour strangers stranger lady gentleman ladies man men woman women guest guests host hosts audience crowd client clients
  sometimes then there here later afterwards yesterday today tomorrow suddenly eventually finally also never always often once again only just even when while after before because if although though since until whenever wherever however whatever
`)
/** What somebody is seen doing. */
export const doings = wordSet(
  'reaching laughing crying smiling sitting crawling pointing playing holding looking offering waving sleeping eating dancing singing talking reading kicking clapping babbling giggling turning leaning watching copying feeding hiding running walking cooking waiting sharing cuddling asking telling choosing building banging rolling throwing vocalising cooing gazing stretching grabbing kneeling snuggling rocking humming whispering splashing climbing stacking',
)
/** What somebody may be let or seen to do. */
export const bareVerbs = wordSet(
  'go have hold do try play choose sleep eat take put open see finish come lead know sit stay win start get make turn walk crawl pick feed climb talk laugh smile reach wave clap point sing dance run build draw count stack copy roll giggle babble stir wait watch listen share ask say help',
)
