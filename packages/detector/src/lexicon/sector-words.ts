// Words that look like names with a capital letter and are not: services, methods, measures, brands, programmes, festivals. Lower case, folded.
import { wordSet } from './word-set.ts'

const practice = `
  mumsnet netmums chatgpt gemini copilot co-op coop alexa gaelic january
  sony canon panasonic samsung nokia huawei motorola dell lenovo toshiba gopro fitbit kindle spotify deezer audible shazam siri cortana bitmoji vinted depop gumtree etsy temu shein zara uniqlo primark peacocks mothercare mamas smyths toysrus hobbycraft wilkinsons bandm matalan dunelm homebase screwfix wickes currys
  duolingo tonies toniebox yoto vtech playmobil scalextric nerf barbie bratz sylvanian sylvanians furby tamagotchi pokemon pikachu digimon yugioh beyblade beyblades bakugan lol squishmallow squishmallows jellycat jellycats labubu hatchimals gro-clock groclock grobag slumberland tommee tippee avent nuk medela munchkin bumbo jumperoo
  mcdonald's mcds dominos pizzahut wagamama wetherspoons spoons starbucks pret costco bargains savers farmfoods spar londis nisa uber deliveroo justeat hungryhouse trainline ryanair easyjet jet2 parcs butlins pontins legoland disneyland
  gruffalos numberjacks waybuloo topsy tombliboos pontipines ninky nonk hoopla teletubby tellytubbies twirlywoos duck octonaut pj masks catboy gekko owlette blippi ryans mrbeast ninjago chima transformers optimus avengers ironman wolverine thanos spongebob simpsons peppa's rapunzel belle's encanto mirabel ratatouille simba mufasa bambi dumbo pocahontas mulan aladdin kristoff hogwarts voldemort dumbledore narnia matilda's wonka oompa grinch rudolph minions gru shrek fiona's fortnite valorant fifa roblox's twitch discord
  leuven vineland bayleys wechsler wisc wppsi vanderbilt sdq-p rcads crafft cgas honos wsas bdi bai ders ysq dmss pbq mpas ppq pses topse eyberg ecbi achenbach cbcl aqs marschak mim dpics kpcs mors-sf kips ncast mentalisation-based bap baps bowlby's stern's trevarthen's vygotsky's winnicott's rogerian psychodynamic gestalt adlerian montessori steiner froebel reggio classdojo dojo sims cpoms liquidlogic systmone emis carenotes icarus careknowledge
  webster-stratton crittenden dmm aai dmm-aai nvr nvq btec cbt-i eh4mh bwp mellow wow stay&play rhymetime bookstart letterbox headstart bsfa tadac fsw fsws esw ylo ypa fgdm fgc mst fft dbt-a pip-uk parent-infant oxpip norpip ppp pepp early-help mats msp msps lsa lsas hlta hltas nqt ect ppa sltl gld eyfsp eyps iqa eqa kcsie wttsc pace-ful thrive-approach pshce rshe rse
  michelin gcse's btecs ielts esol efl tefl celta ucas sats phonics rwinc jolly floppy
  vig avigu vignette videography microanalysis attuned attunement attune guider guiders guidee trainee trainees supervisee supervisees triple webster stratton makaton bookbug
  portage sensory intensive interaction earlybird earlybird+ thrive solihull theraplay nurtureuk elsa emotional literacy pace dyadic marac ofsted ofstead cqc cafcass camhs eip iapt hscp
  hcpc nhs icb gp gps hv hvs salt slt ot ots ep eps senco sendco sendcos sencos send sen senit ehcp ehcps ehc iep ieps ehat caf tac taf cin cp lac icpc rcpc mash lado dsl dsls ta tas tsw asw ssw iro iros dlo
  add odd dld eal scd sld mld snap ipv dv da vawg idva fgc plo sgo ico cao epo fdac nspcc barnardo's barnardos homestart home-start surestart sure-start
  sdq sdqs core-10 core gad-7 gad phq-9 phq hads psi pss whoqol warwick edinburgh epds karitane mors piccolo cib emotional availability ainsworth bowlby winnicott
  trevarthen biggart kennedys landor todd brazelton nbas nbo ages stages asq boxall goodman swemwbs wemwbs cors ors srs gbo gbos goal goals likert ladder moodkit
  zoom teams whatsapp facebook facetime google instagram snapchat tiktok youtube twitter netflix wifi wi-fi bluetooth ipad ipads iphone android alexa xbox playstation nintendo fortnite
  roblox minecraft pokemon powerpoint excel outlook skype messenger disney cbeebies cbbc bluey bing peppa pig gruffalo hey duggee duggee paw patrol numberblocks alphablocks teletubbies
  octonauts cocomelon frozen elsa's moana encanto spiderman spider-man batman hulk marvel lego duplo playdough play-doh playmobil barbie thomas tank engine postman fireman noddy
  makka pakka igglepiggle upsy daisy paddington gruffalo's zog stickman hungry caterpillar goldilocks cinderella rapunzel pinocchio humpty dumpty twinkle incy wincy wheels santa claus father christmas
  tesco asda aldi lidl morrisons sainsbury sainsburys waitrose boots argos ikea primark greggs costa starbucks mcdonalds mcdonald's kfc nandos subway poundland wilko iceland halfords superdrug matalan
  amazon ebay vinted paypal klarna monzo calpol nurofen piriton sudocrem pampers aptamil cow ella's weetabix cheerios coco pops wotsits quavers haribo kinder oreo lucozade ribena fanta pepsi coke
  covid covid-19 coronavirus easter christmas xmas halloween diwali eid ramadan lent hanukkah vaisakhi passover pancake bonfire guy fawkes mothering valentines hogmanay
  mondays tuesdays wednesdays thursdays fridays saturdays sundays monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january february march april may june july august september october november december
  jan feb mar apr jun jul aug sept sep oct nov dec am pm bst gmt dob nino ref tel mob ext approx dept appt appts hr hrs min mins sec secs wk wks mth mths yr yrs yo nb ps fyi asap tbc tba eta diy faq iq eq hq uk usa eu un
  tv dvd cd pc sms url pdf ok okay id pin gdpr dpa dpia dpo hmrc dwp pip dla esa uc jsa bsl sia rnib rnid mencap scope samaritans relate citizens shelter refuge childline kooth headspace
  ms mr mrs miss dr mum mums mummy mam mammy mama dad dads daddy dada papa gran grandma granny nan nana nanna nanny nain taid grandad granddad grandpa grampy gramps auntie aunty uncle aunt bro sis
  mh a&e ppo psp ymca ywca rspca aa na gcse gcses eyfs ks1 ks2 ks3 ks4 sats phonics btec pshe pe rwi nvq cpd ces dbs nmc bps acp ukcp bacp act ifs vipp vipp-sd mbt
  bme traveller christian jehovah's witness
  bible god allah jesus mohammed's lord ayurveda
  paracetamol ibuprofen
`
const shorthand = `
  iban azeus eircode
  ans lkd vns
  sib sibs batt batts dokey naebody naething wisnae widnae wouldnae shouldnae hasnae havenae arenae recs attn vocs awbody abody aabody hame somedy summat sommat owt nowt chrg tripd
  wkend wkends wkday wkdays eves mtg mtgs apols upd mths yrs hrs mins secs gd bb bbs los ok'd okd cc'd dna'd tcs vm vms vmail resp resps rv rvs grp grps intermed sup supv supvn obsvn certs num nos pt pts chn chd yp cyp fam fams hosp hosps schl schls sch nurs nursry ppts ppt docs spk spkn tlkd rang'd evng arvo aft morn mornin
  muum muumy mumm munm dadd nursey nurseyr seh hes teh nervus pausd puase smlied waitd tiwce secnd lked togehter lauged laught noticd tlaked hwo frist wnat paly abd liekd luagh luaghed cirped wathced wacthed
  wiht whith wth withe wif abuot baout aobut hte taht thsi tihs thta jsut waht wehn whne yuo yuor hsi hre shc wsa saw'd hvae ahve cna cant't dont't didnt't woudl coudl shoudl liek lik littel peopel happend tomorow tommorrow wendesday wensday wedensday febuary feburary goverment enviroment acheive acheived accomodate arguement begining comming commited existance foward gaurd greatful happyness immediatly independant intresting knowlege lenght libary neccessary noticable occassion oppurtunity paralel persue posession prefered privelege recomend refered relevent rythm seperately similiar speach suprised suprise truely unfortunatly usefull wether writting
  wasnt isnt didnt doesnt dont cant wont wouldnt couldnt shouldnt hasnt havent hadnt arent werent ive im id ill youre youve hes shes theyre theyve weve thats whats theres heres lets its ur u r n w b4 gonna wanna gotta kinda
  cos coz tho thru til bc bcs abit alot atm btw tbh lol omg thx ta pls plz ppl msg msgs txt txts info sched apt tmrw tmw tomo tonite wknd fave convo vid vids pic pics clips app apps admin meds
  prob probs def poss prev asst mgr ref'd ax tx dx hx rx sx r/v d/c f2f f/u fup wg cfc mob mobs resus obs physio ed psych paed paeds perinatal antenatal postnatal midwifery
  definately seperate seperated recieved becuase beleive freind freinds wich thier teh adn occured untill tommorow tomorow alright apparantly dissapointed embarassed realy finaly intrested
  bedtime bathtime mealtime mealtimes storytime screentime playtime teatime lunchtime snacktime naptime homeschool homeschooling childcare wellbeing toileting dysregulated dysregulation coregulation co-regulation
  neurodivergent neurodiverse neurodiversity neurotypical mentalising mentalisation mentalize stim stims stimming meltdown meltdowns babbling rereading reframing reframed debrief debriefed
  safeguarding onward videoed videoing filmed filming reciprocity intersubjectivity scaffolding scaffolded misattuned misattunement turn-taking cooperatively non-verbal nonverbal preverbal
  breastfed breastfeeding bottle-fed unsettled inconsolable latch hyperactive hypervigilant hypervigilance triggering unparented kinship adopter adopters fosterer stepdad stepmum stepdads stepmums stepson stepdaughter stepsister stepbrother nursery
  selfie selfies emoji emojis screenshot online offline website blog vlog podcast login logout upload uploaded download downloaded email emails emailed voicemail whatsapped messaged texted facetimed zoomed googled
`

/** Words of the sector that are nobody's name. */
export const sectorWords = wordSet(practice)

/** Short forms and usual slips of the pen, in lower case, that are nobody's name. */
export const noteWords = wordSet(shorthand)
