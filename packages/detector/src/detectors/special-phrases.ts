// Phrases, folded, one a line of meaning; several words stand apart by one space. Ordinary states of mind (anxious, low, worried) are not here:
// they are what such work is about, and a mark under every one of them would teach people to look away.
const groups: readonly string[] = [
  // health of the mind
  'bipolar,schizoaffective,delusional,delusions,paranoid schizophrenia,manic episode,mania,psychiatric ward,mental health act,antipsychotic medication,body dysmorphia,agoraphobia,agoraphobic,trichotillomania,dissociative identity,selective mutism,clinical depression,suicidal thoughts,suicidal ideation,cuts herself,cuts himself,self injury,self injures,bi polar,schizophrenia,schizophrenic,psychosis,psychotic,depression,clinically depressed,postnatal depression,pnd,post natal depression,antidepressant,antidepressants,on antidepressants,anxiety disorder,generalised anxiety,has anxiety,with anxiety,for anxiety,suffers from anxiety,suffers with anxiety,severe anxiety,social anxiety,eating disorder,anorexia,anorexic,bulimia,bulimic,ocd,ptsd,cptsd,post traumatic stress,personality disorder,bpd,eupd,self harm,self harms,self harming,self harmed,suicidal,suicide,suicide attempt,overdose,overdosed,took an overdose,sectioned,detained under the mental health act,mental illness,mental health problems,mental health diagnosis,mental health difficulties,panic attacks,hearing voices,hears voices,dementia,alzheimers,nervous breakdown,psychiatric,psychiatrist,detoxed',
  // health of the body, disability, difference
  'epilepsy,pre eclampsia,preeclampsia,eclampsia,hellp syndrome,hyperemesis,gestational diabetes,placenta praevia,placental abruption,obstetric cholestasis,ectopic,haemorrhage,postpartum psychosis,sepsis,septicaemia,meningitis,encephalitis,pneumonia,copd,blood clots,thrombosis,pulmonary embolism,aneurysm,angina,heart attack,pacemaker,heart defect,hole in the heart,hypertension,gallstones,pancreatitis,cirrhosis,liver disease,kidney stones,hysterectomy,mastectomy,fibroids,cervical cancer,polycystic,osteoporosis,psoriasis,glaucoma,cataracts,cleft palate,cleft lip,club foot,talipes,hip dysplasia,laryngomalacia,chronic lung disease,syphilis,gonorrhoea,herpes,sleep apnoea,febrile convulsions,convulsions,hemiplegia,hemiplegic,anaphylaxis,graves disease,rheumatoid,autism pathway,autistic spectrum,hypothyroidism,hyperthyroidism,pcos,ibs,coeliac,celiac,ulcerative colitis,huntingtons,parkinsons,motor neurone,hydrocephalus,scoliosis,haemophilia,eating difficulties disorder,visual impairment,hearing impairment,sight impaired,partially sighted,brain tumour,heart failure,kidney failure,dialysis,transplant,turner syndrome,prader willi,rett syndrome,williams syndrome,angelman,di george,digeorge,neurofibromatosis,marfan,ehlers danlos,hypermobility,dyscalculia,developmental language disorder,intellectual disability,intellectual disabilities,amputee,paralysed,paraplegic,long covid,ivf,epileptic,seizures,diabetes,diabetic,asthma,asthmatic,cancer,leukaemia,chemotherapy,tumour,hiv,hiv positive,hepatitis,hepatitis c,tuberculosis,cystic fibrosis,cerebral palsy,spina bifida,muscular dystrophy,multiple sclerosis,down syndrome,downs syndrome,fragile x,autism,autistic,on the spectrum,asd,asc,aspergers,adhd,pda,fasd,foetal alcohol,fetal alcohol,dyspraxia,dyslexia,dyslexic,tourettes,tourette,learning disability,learning disabilities,learning difficulties,global developmental delay,gdd,wheelchair,wheelchair user,deaf,hearing impaired,hearing loss,cochlear implant,hearing aids,visually impaired,registered blind,blind in one eye,had a stroke,brain injury,head injury,heart condition,heart murmur,kidney disease,crohns,colitis,sickle cell,thalassaemia,lupus,arthritis,fibromyalgia,chronic fatigue,chronic pain,eczema,disabled,is disabled,registered disabled,peg fed,tube fed,tracheostomy,oxygen at home,infertility,endometriosis,miscarriage,miscarried,miscarriages,stillbirth,stillborn,abortion,had a termination,pregnant,is pregnant,terminally ill,palliative,anaemia,migraines,sexually transmitted,chlamydia,covid positive',
  // medicines and use of drugs or alcohol
  'recovering addict,recovering alcoholic,in recovery from,methadone,subutex,buprenorphine,naltrexone,sertraline,fluoxetine,prozac,citalopram,escitalopram,mirtazapine,venlafaxine,olanzapine,quetiapine,risperidone,aripiprazole,lithium,lamotrigine,epilim,valproate,diazepam,valium,tramadol,morphine,codeine,pregabalin,gabapentin,ritalin,methylphenidate,concerta,insulin,antipsychotic,antipsychotics,on medication,medication for,heroin,cocaine,crack cocaine,cannabis,smokes weed,skunk,ketamine,amphetamine,amphetamines,mdma,substance misuse,substance use,drug use,drug user,uses drugs,using drugs,taking drugs,drug addiction,addict,addicted,heroin addict,alcoholic,alcoholism,alcohol dependent,alcohol dependency,alcohol misuse,alcohol problem,alcohol use,drinks heavily,drinking heavily,heavy drinker,heavy drinking,binge drinks,binge drinking,drinks every night,drinks too much,drinking again,relapsed,in rehab,rehab,detox,intoxicated,drunk',
  // origin
  'black african,black caribbean,black british,white british,white irish,mixed race,mixed heritage,dual heritage,biracial,british asian,british pakistani,british bangladeshi,british indian,south asian,east asian,west african,asian heritage,african caribbean,afro caribbean,african heritage,romani,gypsy,is a traveller,was a traveller,are travellers,were travellers,a traveller man,a traveller girl,a traveller boy,traveller community,traveller background,traveller site,travellers site,travelling community,travelling family,halting site,romany,gypsies,irish traveller,travellers site,traveller family,roma family,roma,asylum seeker,asylum seekers,seeking asylum,refugee,refugees,refugee status,leave to remain,indefinite leave,settled status,pre settled status,presettled status,limited leave,discretionary leave,spousal visa,spouse visa,visa expired,visa overstayer,overstayed,no recourse to public funds,trafficked,ethnic minority,ethnicity,of african descent,illegal immigrant,undocumented,windrush',
  // belief
  'orthodox jew,orthodox jews,orthodox christian,orthodox jewish,irish travellers,sikh,muslim,muslims,hindu,jewish,jew,christians,catholic,roman catholic,protestant,buddhist,jehovah witness,jehovah witnesses,mormon,pentecostal,evangelical,rastafarian,pagan,atheist,quaker,methodist,baptist,islam,converted to,born again,ramadan fast,wears a hijab,hijab,practising muslim,quran,attends mosque,attends church',
  // sexual orientation, sex life, gender
  'lesbian,lesbians,is gay,are gay,was gay,gay dads,gay mums,gay couple,gay man,as gay,came out as,homosexual,bisexual,pansexual,asexual,queer,transgender,is trans,trans woman,trans man,non binary,nonbinary,gender identity,transitioning,transitioned,sexual orientation,same sex,sex worker,sex work,prostitution,sexually active,sexual abuse,sexually abused,sexual assault,sexually assaulted,raped,rape,csa,sexual exploitation,fgm',
  // politics and unions
  'labour councillor,conservative councillor,green councillor,tory councillor,lib dem,liberal democrat,labour supporter,labour member,conservative member,trade union,union member,union rep,union convenor,union convener,union branch,union meeting,the union at work,shop steward,shop stewards,branch secretary,picket line,union steward,member of unite,labour party,conservative party,reform uk,green party,plaid cymru,snp,ukip,bnp,votes labour,votes conservative,votes reform,labour voter,conservative voter,tory voter,political views,brexit voter,edl',
  // crime
  'arrested,deported,deportation,electronic tag,has a tag,assault charge,drink driving,drug offences,caution for,registered sex offender,schedule one offender,breach of bail,breached his bail,breached her bail,tagged,curfew,sentenced,served time,parole,young offender,served a sentence,serving a sentence,serving time,doing time for,did time for,did time inside,done time for,been inside for,behind bars,locked up,served two years,served six months,found guilty,pleaded guilty,acquitted,awaiting sentence,awaiting trial,awaiting sentencing,crown court,youth court,on a tag,ankle tag,house arrest,community payback,curfew order,arson,arsonist,robbery,fraud,perjury,kidnapped,stolen goods,money laundering,intent to supply,supplying drugs,dangerous driving,disqualified from driving,actual bodily harm,grievous bodily harm,indecent images,attempted murder,blackmail,coercive control,cuckooed,criminal charges,facing charges,charges dropped,given a caution,released on licence,recalled to prison,approved premises,mappa,stalking,criminal offence,criminal damage,theft,knife crime,gang,gangs,exploited,grooming,groomed,modern slavery,honour based,forced marriage,strangled,stabbed,firearm,firearms,arrest,convicted,conviction,convictions,ex offender,ex prisoner,prisoner,criminal record,criminal convictions,in prison,to prison,from prison,out of prison,prison,prison sentence,jail,jailed,in custody,on remand,remanded,on bail,bailed,on licence,probation,probation officer,on tag,cautioned by police,charged with,police caution,community order,suspended sentence,offender,offences,offence,sex offender,restraining order,non molestation order,injunction,youth offending,shoplifting,burglary,drug dealing,dealing drugs,county lines,gbh,abh,manslaughter,murder,assaulted,domestic violence conviction,perpetrator,police were called,domestic abuse,domestic violence,victim of',
  // genes and bodies kept as numbers
  'genetic condition,genetic test,genetic testing,dna test,fingerprints',
]

const unions = 'unison,unite,gmb,usdaw,rmt,aslef,nasuwt,neu,unite the union,cwu,fbu,pcs,ucu,rcn,the union'.split(',')
const unionRoles = [
  'rep for',
  'steward for',
  'convenor for',
  'member of',
  'secretary of',
  'chair of',
  'organiser for',
  'works for',
  'joined',
  'active in',
  'official for',
]
/** "is a rep for Unison", "Unison rep". */
const unionPhrases = unions.flatMap((union) => [
  ...unionRoles.map((role) => `${role} ${union}`),
  `${union} rep`,
  `${union} steward`,
  `${union} member`,
  `${union} official`,
])
const crimes =
  'arson,fraud,theft,robbery,burglary,assault,gbh,abh,murder,manslaughter,rape,dealing,supplying,shoplifting,drink driving,dangerous driving,possession,stealing,stalking,harassment,stabbing,violence,wounding,speeding,perjury,blackmail'.split(
    ',',
  )
/** "a sentence for arson", "done for dealing". */
const crimePhrases = crimes.flatMap((crime) => [
  `sentence for ${crime}`,
  `done for ${crime}`,
  `inside for ${crime}`,
  `time for ${crime}`,
  `fined for ${crime}`,
  `guilty of ${crime}`,
])

export const specialPhrases: readonly string[] = [...groups.flatMap((group) => group.split(',')), ...unionPhrases, ...crimePhrases]
