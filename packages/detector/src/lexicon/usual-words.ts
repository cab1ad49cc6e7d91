// The words that notes are mostly made of. A word that no list holds and that is one slip of the pen away from one of these is that word:
// "siad", "agian", "Shcool". Only words of four letters and more; shorter ones are a slip away from too much.
import { isOneSlipAway } from '../tokens/one-slip.ts'

const usual = `
  able about above across activity activities added after afternoon again against ages agree agreed ahead allowed almost alone along already also although always amazing angry another answer answered anxious anyone anything apart appointment appeared around arrived asked asking asleep attention attended aunt awake away
  baby babies back balance ball bath bathroom beautiful became because bedroom bedtime been before began behaviour behind being believe beside best better between bigger bike birthday bite bits blanket blocks book books both bottle bottom brave break breakfast breathe bricks bring bringing broke broken brother brothers brought building built bubbles busy buttons
  call called calling calm calmer calmly came camera cannot care careful carer carers carpet carried cars catch caught centre chair chance change changed chat chatted chatting check checked cheeks chest child children choice choose chose class clear clearly climb climbed clip clips close closed closer clothes coat cold colour colours come comes comfort coming comment completed concern concerned concerns confidence confident connection contact copied copies copy could couple course cousin cried cries crying cuddle cuddled cuddles cuddling cups curtains cutting
  dance danced dancing daughter days deal decided definitely delighted describe described didn't difference different difficult digger dinner discuss discussed distressed doctor does doing doesn't done don't door down draw drawing dressed drink drive drop dropped during duty
  each early easier easily easy eating edit edited either else email enjoy enjoyed enjoying enjoys enough evening every everyone everything evidence exactly example excited expected explain explained eyes
  face faces fact fall falls family families father favourite feed feeding feedback feel feeling feelings feels feet fell felt filled film filmed filming films finally find finding fine finger fingers finish finished first five floor focus focused follow followed following follows food foot form forms forward found four frame friend friendly friends from front full funny further future
  grandad grandma granny nanny somebody everybody anybody godmother grandparents stepdad game games garden gave gaze gently getting gets girl give given gives giving glad goal goals goes going gone good grandma great green ground group grow growing grown
  hair half hand handed hands happen happened happens happy hard hasn't have haven't having head health hear heard hearing held hello help helped helpful helping helps here herself himself hold holding holds home hope hoped hoping hospital hours house housing huge hungry
  idea ideas important improve improved information initiative initiatives inside instead interaction interest interested into isn't itself
  joined just keep keeping keeps kept kicked kind kinds kitchen kitten knee knees knew knock know known knows
  lady language last late later laugh laughed laughing laughs laughter lead leading learn learned learning least leave leaves leaving left legs less letter library light like liked likes line list listen listened listening listens little lives living longer look looked looking looks loud love loved lovely loves lunch
  made make makes making managed many matter maybe meal mealtime mean meant meeting members message messy middle might milk mind minute minutes miss missed moment moments month months more morning most mother mouth move moved moving much music myself
  name named naming naps near nearly need needed needs nervous never next nice night nights nobody noise normal nose note noted notes nothing notice noticed notices noticing number nursery nurse
  offer offered often once only open opened other others ourselves outside over paint painting paper parent parents part partner past patient pause paused pauses peas people person phone phoned pick picked picks picture pictures piece pink place plan planned plans play played playing plays please pleased point pointed pointing points poorly positive possible practice praise present pretend problem progress proud pull pulled push pushed puts putting puzzle
  question questions quick quickly quiet quietly quite raised rather reach reached reaches read reading ready really reason receive received recently recording referral reflected relationship relaxed remember report reported reports respond responded response responses rest return returned review right role roll rolled room round routine running
  sad safe said same sand sang saying says scared scheduled school score scores seat second seconds seem seemed seems seen separate separated session sessions settle settled several shared shares sharing shirt shoes shop short should shout shouted show showed showing shown shows sign signed silly since sing singing sister sisters sits sitting situation slept sleep sleeping slide slow slowed slowly small smile smiled smiles smiling snack social socks sofa soft some somebody someone something sometimes song songs soon sorry sort sound sounds space speak speech spend spent splash spoke spoken spoon staff stairs stand standing start started starts stay stayed step steps stick still stood stop stopped stops stories story straight strange strong struggled struggles such suddenly sugar summary support supported sure surprised swing
  table tablet take taken takes taking talk talked talking talks tantrum taught teacher team tears teeth telling tells term text than thank thanks that that's their them themselves then there these they they're thing things think thinking thinks third this those thought thoughts three threw through throw throwing time times tired today toddler together told tomorrow tone tonight took touch touched towards tower town toys train trains training tried tries trying turn turned turning turns twice twins
  uncle under understand understood until upset used useful using usual usually very video videos visit visited visits voice wait waited waiting waits wake walk walked walking wall want wanted wants warm wash washed washing wasn't watch watched watches watching water wave waved waves week weekend weeks well went were what wheel when where whether which while white whole window wish with without woke wonder wondered words work worked worker working works world worried worry would write wrote wrong year years yellow yesterday young your yourself
  monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december
`
  .trim()
  .split(/\s+/)
  .filter((word) => word.length > 3)

/** Every usual word by itself and by each of its spellings with one letter left out; made at the first question. */
const bySpelling = (() => {
  let made: Map<string, string[]> | undefined
  return (): Map<string, string[]> => {
    if (made !== undefined) return made
    made = new Map()
    for (const word of new Set(usual))
      for (const spelling of spellingsOf(word)) {
        const words = made.get(spelling)
        if (words === undefined) made.set(spelling, [word])
        else words.push(word)
      }
    return made
  }
})()

function spellingsOf(word: string): Set<string> {
  const spellings = new Set([word])
  for (let at = 0; at < word.length; at += 1) spellings.add(word.slice(0, at) + word.slice(at + 1))
  return spellings
}

const longest = 15

/** Whether a folded word is a usual word with one slip in it: `swapped` when two letters changed places, `other` for any other slip. */
export function slipOf(folded: string): 'swapped' | 'other' | undefined {
  if (folded.length < 4 || folded.length > longest) return undefined
  const words = bySpelling()
  let found: 'other' | undefined
  for (const spelling of spellingsOf(folded))
    for (const word of words.get(spelling) ?? []) {
      if (word === folded || !isOneSlipAway(folded, word)) continue
      if (word.length === folded.length && hasSameLetters(word, folded)) return 'swapped'
      // Another first letter, or another letter in a short word, is another word far more often than a slip.
      if (word.charAt(0) === folded.charAt(0) && (word.length !== folded.length || word.length > 5)) found = 'other'
    }
  return found
}

const hasSameLetters = (a: string, b: string): boolean => [...a].sort().join('') === [...b].sort().join('')
