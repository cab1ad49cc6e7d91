// Phrases with a name in them that are nobody the record is about: songs, toys, shops, feast days, people of the field.
import type { Reading } from './detector.ts'

const phrases = `
  jack in the box|jack and jill|jack and the beanstalk|anna freud|guy fawkes|john lewis|marks and spencer|harry potter|mr men|little miss|mr tumble|mr tickle|mr bump|thomas the tank|joe wicks|dr seuss|winnie the pooh|peter rabbit|peter pan
  postman pat|fireman sam|bob the builder|ben and holly|dora the explorer|humpty dumpty|miss rabbit|mr potato head|alice in wonderland|baby shark|baby jake|iggle piggle|justin fletcher|jeremy fisher|mary poppins|robin hood|robin red breast
  father christmas|santa claus|saint nicholas|st patrick|st david|st george|st andrew|mary mary|little bo peep|old macdonald|dame tweedy|polly put the kettle on|miss polly|georgie porgie|jack frost|billy goats gruff|horrid henry|tracy beaker|percy jackson
  mary ainsworth|john bowlby|colwyn trevarthen|daniel stern|carl rogers|lev vygotsky|jerome bruner|edward tronick|donald winnicott|peter fonagy|dan hughes|dan siegel|bruce perry|harrie biemans|hilary kennedy|miriam landor|liz todd|penny forsyth|jenny cross|janet goodman|robert goodman
  elsa dress|elsa costume|elsa doll|elsa and anna|lily pond|lily pad|water lily|daisy chain|daisy chains|poppy day|rose bush|christmas carol|christmas eve|new year's eve|carol singing|carol concert|carol service|jack russell|union jack|yorkshire terrier
  holly and ivy|marie curie|florence nightingale|king charles|queen elizabeth|boris johnson|duchess of|martin luther king|george pig|daddy pig|mummy pig|suzy sheep|danny dog|topsy and tim|charlie and lola|charlie bear|andy pandy
  katie morag|maisie mouse|spot the dog|bing bunny|tom and jerry|barney bear|bert and ernie|big bird|bear hunt|stick man|room on the broom|oliver twist|willy wonka|matilda the musical|annie the musical|victoria sponge|edward tudor|edward lear
  domino's pizza|nando's|ben and jerry's|jamie oliver|uncle ben's|aunt bessie's|mr kipling|dr oetker|captain birdseye|dr pepper|robin reliant|simon says|bloody mary|bob a job|uncle tom cobley|russell brand|taylor swift|ed sheeran|billie eilish|olivia rodrigo|mr beast|mrbeast|sir keir|marcus rashford|harry kane|mo salah
  red amber green|red, amber, green|jack of all trades|easter bunny|alton towers|fort william|named person|tooth fairy|po po|gong gong|jack in a box|penny dropped|penny drops|penny dropping|mcdonald's|spider man|super man|iron man|bat man|man city|man united|man utd|book day|jack-of-all-trades|lily of the valley|angel delight|outcome star|robin reliant|tom tom|victoria sandwich|black friday|good friday|pancake day|st david's day|st patrick's day|burns night|robin's nest|christopher robin|tiger who came|elsa and olaf|jack and jill|aunty flow|aunt flo|nick of time|ray of sunshine|ray of light|ray of hope|pat on the back|star chart|star of the week|star pupil|peter and jane|janet and john|sooty and sweep|rosie and jim|bill and ben|ant and dec|dick and dom|roald dahl|julia donaldson|eric carle|michael rosen|jacqueline wilson|david walliams|mary berry|joe bloggs|tom thumb|rip van winkle|paul the alien|martin luther|nelson mandela|rosa parks|mother teresa|florence nightingale|captain tom|steve jobs|elon musk|mark zuckerberg|donald trump|jack daniels|johnnie walker|tia maria|margherita pizza|caesar salad|earl grey|lady grey|granny smith|cox's|pink lady|sweet william|black eyed susan|creeping jenny|busy lizzie|virginia creeper
  car reg|ms rachel|bell rang|bells rang|t rex|sea life centre|shih tzu|mr whippy|mr potato|mr maker|mr bean|mr bloom|mr monkey|mrs brown's boys|miss hoolie|harry styles|lewis capaldi|dua lipa|joe wicks|holly willoughby|mark making|book of mark|by gum|ee by gum|howay man|henry hoover|hetty hoover|james hoover|ych a fi|wah gwaan|wah gwan|wha gwaan|wah happen|wah deh|ding dong|tai chi|roo roo|wee wee|ta ra|ey up|och aye|peely wally|moi moi|ach y fi|flying start|sue for damages|dot to dot|nick nack|rob a bank|pat the dog|will power|ray gun|gene pool|art work|art class|art lesson|rose bud|olive oil|olive branch|basil plant|ginger biscuits|poppy seeds|star sticker|star stickers|storm clouds|sunny spells|precious time|rusty swing|violet paint|violet light|amber light|ruby slippers|pearl buttons|ivy leaf|holly wreath|hazel nuts|cherry tomatoes|summer clothes|april fool|grant application|carol sheet|carol singers|bobs up|bobs along|jean pocket|jean pockets|jean jacket|jean shorts|jean dress|jean skirt|jack plug|jack knife|matt paint|matt emulsion|matt finish|peters out|terry nappy|terry nappies|terry towelling|rod and line|art table|art room|art corner|art box|art stuff|rose tinted|rosy cheeks|ruby red|crystal clear|violet crayon|amber crayon|star jumps|star jump|sky blue|pat a cake|frank discussion|frank conversation|rich tea|sonny jim|johnny come lately|barbour jacket|jersey potato|jersey top|georgia font|victoria line|jubilee line|charlie horse|mickey taking|dolly tub|judy finnegan|nelly the elephant|sally army|larry the lamb|jolly roger|okey dokey|silly billy|nosy parker|plain jane|smart alec|smart aleck|peeping tom|doubting thomas|steady eddie|moaning minnie|lazy susan|jack the lad|flash harry|tom dick and harry|bob's your uncle|jimmy riddle|heath robinson|gordon bennett|sweet fanny adams
  st john ambulance|king james|rosetta stone|florence and the machine|heath robinson|murphy's law|pandora's box|parkinson's|alzheimer's|hobson's choice|jekyll and hyde|miss muffet|mother hubbard|doctor foster|grand old duke|london bridge|ring a ring|noah's ark|moses basket|moses baskets|st john's wort
`
  .trim()
  .split(/[|\n]/)
  .map((phrase) => phrase.trim().split(' '))

const byFirst = new Map<string, readonly (readonly string[])[]>()
for (const phrase of phrases)
  for (const first of new Set([phrase[0]!, phrase[0]!.split("'")[0]!])) byFirst.set(first, [...(byFirst.get(first) ?? []), phrase])

/** The tokens that belong to such phrases. */
export function findKnownPhrases({ tokens }: Reading): [from: number, to: number][] {
  const found: [number, number][] = []
  for (let index = 0; index < tokens.length; index += 1) {
    for (const phrase of byFirst.get(tokens[index]!.folded) ?? []) {
      let at = index
      let word = 0
      while (word < phrase.length && at < tokens.length) {
        const token = tokens[at]!
        const [stem, owning] = phrase[word]!.split("'")
        if (
          token.folded !== phrase[word] &&
          token.folded !== `${stem}s` &&
          !(token.folded === stem && (owning === undefined || tokens[at + 1]?.kind === 'possessive'))
        )
          break
        at += 1
        if (owning === 's' && tokens[at]?.kind === 'possessive') at += 1
        word += 1
        while (word < phrase.length && (tokens[at]?.text === '-' || tokens[at]?.text === '.')) at += 1
      }
      if (word === phrase.length) found.push([index, at])
    }
  }
  return found
}
