// Given names that are also English words. Alone they say nothing; the words around them decide (person/score-word-name.ts).
import { wordSet } from './word-set.ts'

/** Used as names far more often than as words, once they have a capital letter in the middle of a sentence. */
export const namesThatAreWords = wordSet(`
  miller roan maxim aria shell meadow pixie acacia clemency posy vesper zen pippin peaches marshal godson sultan sahib
  pinky dimple sweety goldie bubbly ire suet
  gill becks sherry fife shona sine florin ion nicu rares bile hind jihad muse nadir raja rim shire tamer shah shams sultana viral elan euros gruff mali nest bola chichi samba shade yaw dyfed romaine ermine georgia 
  mark will may grace hope gift precious sky storm rio robin dawn june april august summer autumn winter pat drew rose amber ruby crystal
  angel dale earl hazel hunter ray holly jay dean warren don bill pearl max destiny violet joy faith gene viola myrtle glen grant
  lance melody penny sierra misty hopes sandy trinity miles iris wade flora roman olive serenity ivy nick patience jewel piper
  raven lane junior tucker ebony griffin emery fern clay marina diamond charity sterling drake justice phoebe reed gale savanna van candy heath
  willow sage rocky ed heaven garland harmony walker river phoenix buddy cadence maverick tiara rusty ivory chuck cash sonny nova haven curt
  prince major pierce colt forest miracle aspen dusty ward queen princess journey garnet basil felicity beryl liberty scarlet sunny kitty foster
  cherry pansy talon dahlia archer star coral cherish chastity bud magnolia ember rod turner duke buster valentine newton mercy stormy unique
  jade joey kit lark maple mason merry mitch nat nell nora opal patty poppy prudence rex rich ridge rob russet rufus saffron sally sasha saxon
  scout shelby sky skye spike stacy star teddy temperance tiger treasure tulip tyler tyne verity viv vernon wren woody wilder
  blossom bonny bunny comfort daisy dolly honey honesty blessing blessings marvel promise prosper praise
  wisdom innocent trust godsend goodluck lucky sunshine moses emmanuel peace glory gloria victory
  frank jack harry carol peter bob rick sue gay guy hector ollie connor art bernie cliff clover cosmo cruz dex dee dot eve fay fleur flo fleet
  gabby ginger jet jim jem jo josh kay ken kim lee leigh lily lionel lorry marlin mo morris nova pip rob rod rosy sam sid sol 
  sylvan ted tim tom troy val vic wally win winnie zest ali abbey ace ada alma amity ana angus ariel ash aura bay beck bell belle birdie blade
  blaze blue bluebell brook brooks buck cal cam carter cedar chance chandler chase chip christian clement cole cooper
  crispin cyan denim dove echo eden elder emerald ethos fable faun fawn finch fox flint florence ford garth genesis gunner hank 
  hardy hart harper haze henna heron honor hyacinth indigo jazz jasper jay jess jude juniper justin kale kent king laurel lavender legend lee leaf lennox
  lilac linden lotus lucky lyric madge mabel maria marigold marina marlow martin mercer merit merlin mick mickey mike minnie moss neo nigh
  noble noel novella ocean olive ora orchid otter page paisley paris parker pax perry petal peregrine perky primrose rain rainbow reef reign remy rhea 
  rosemary rowan royal rune sailor salem sapphire savannah shadow shady sierra silver sincere sky sonnet sorrel sparrow spencer spring stone sylvia
  tanner taylor teal tempest thorn timber tom topaz trace tran tripp tristan tuesday twain velvet venus victor vine vision west winsome wolf yarrow zephyr zion khan bo
  chi chad dong fang fu gang ling lu man mai mei min ping ram raj rani shan sun tan tang ting tong wing yang ye yen ying yong young yuan dev das asha
`)

/** Words first: months, seasons, days and virtues need a person's verb or a name's frame before they count. */
export const mostlyWords = wordSet(`
  honour rejoice triumph perseverance prosperity happiness obedience perfection providence knowledge innocence pleasure confidence shell princess friday thursday saturday monday
  lei wan wen ya shun song long non danish wale nadir hind muse rim shire bile nest shade
  champ favour testimony marvellous success goodness divine excel bright fortune gladness perfect purity delight bounty memory privilege beauty talent bear rebel rocket baron dash cove wild rain birdie honesty goodnews goodwill salvation redeemer saviour praises blessed sunday reign majesty royalty essence genius lion tiger arrow bishop deacon justus winner winners hero
  may april june august summer autumn winter spring will mark hope joy faith grace patience charity mercy peace harmony trinity serenity liberty
  justice felicity prudence temperance chance gift storm sky star river rain dawn miracle precious promise praise wisdom comfort treasure blessing blessings
  glory victory pat drew miles grant don bill ed rich art guy man young sun tan king queen prince princess major junior duke earl
  page chase hunter mason cooper carter walker turner foster tucker archer piper baker parker tanner mercer noble royal lucky sunny rosy rocky rusty misty dusty
  stormy sandy candy honey ginger sage basil olive fern ivy heath forest ocean journey legend echo trust vision 
  blue silver diamond crystal pearl ruby amber jewel emerald sapphire rose lily daisy poppy violet iris heather holly cherry blossom petal lavender lilac
  angel heaven destiny unique innocent marvel sunshine rainbow shadow spike win blaze blade cash clay cliff
  colt dale dean dot dove fox frank gay gene glen hardy haven jet kit lance lane lark laurel leaf mace max melody merit merry moss nick
  opal orchid otter perry pip raven ray reed reef ridge rob robin rod saint sailor scout shady sterling stone teddy tempest thorn tiger timber topaz trace valentine van velvet
  vine ward warren west wilder willow wing wolf wren buddy bud buster chuck chip cam sam ash bay beck bell brook buck carol maple pierce pansy penny newton
  mike jack kitty christian roman wade roman curt sol star spring seal twain king gang ping ting ram min fang fu bo ye ling dong yen
  tuesday easter savanna flora phoenix indigo ebony ivory coral garnet marina tiara jade jewel marlin nova viola garland hazel juniper saffron scarlet star sierra sunday
  paris kent chester lincoln salem west
`)

/** Virtues, seasons and months: even beside a person they are mostly meant as words. */
export const abstractNames = wordSet(`
  honour rejoice triumph perseverance prosperity happiness obedience perfection providence knowledge innocence pleasure confidence friday thursday saturday monday
  favour testimony marvellous success goodness divine excel bright fortune gladness perfect purity delight bounty memory privilege beauty talent praises goodwill salvation
  sunday essence wild rain heaven blessed majesty royalty
  may april june august march summer autumn winter spring hope joy faith grace patience charity mercy peace harmony trinity serenity liberty justice felicity prudence temperance chance will gift
  miracle promise praise wisdom comfort treasure blessing blessings glory victory trust destiny honesty star storm sky rain dawn miles art page
`)
