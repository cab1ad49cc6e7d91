// The words that names of schools, surgeries, faith groups, clubs and workplaces are made of.
export const heads = new Set(
  `school schools academy college nursery playgroup preschool primary juniors infants university hospital infirmary hospice surgery clinic centre center church mosque masjid temple gurdwara gurudwara mandir synagogue chapel cathedral
  parish ltd limited plc llp inc fc afc rfc cc united rovers tigers rangers wanderers trust foundation charity brothers bros hub pharmacy practice childminding childminders kindergarten creche solicitors housing homes council club project
  society association textiles motors foods bakery cafe salon garage logistics cleaning builders warehouse supermarket takeaway kitchen farm hostel refuge prison youth scouts guides brownies cubs beavers rainbows library department unit ward hmp court team group services service ysgol meithrin bank high fostering futures agency madrasa madrassah vicarage convent priory monastery infant opticians dentist dental dentists vets pub inn hotel stores haulage plumbing roofing scaffolding catering couriers joinery landscapes tyres camhs cmht autos butchers florist barbers hairdressers nursing surestart fellowship tabernacle ministries mission taxis cabs recruitment daycare montessori care carpets electrical windows`.split(
    /\s+/,
  ),
)
/** Heads that name one body only after a word that is itself a name. */
export const looseHeads = new Set(
  'high futures agency inn pub hotel dental stores team group services service unit ward court project society association kitchen farm department bank homes housing council library youth charity trust foundation practice hub club united primary guides centre center clinic camhs cmht nursing mission taxis cabs recruitment daycare care carpets electrical windows'.split(
    ' ',
  ),
)
export const tails = new Set(
  'school nursery primary academy college infant infants junior juniors high secondary centre ltd limited fc surgery practice hospital church playgroup preschool comprehensive grammar catholic c e ce rc cofe voluntary aided community foundation trust children children’s and group club unit ward house sixth form'.split(
    /\s+/,
  ),
)
/** Words before a head that leave it anybody's: "the local primary school". */
export const generic = new Set(
  `the a an her his their our my your this that its new old same local nearby first second next last other another any every each no some all both whole
  primary secondary high junior infant infants middle special nursery pre state private mainstream boarding grammar comprehensive young people people's visitor visitors worker workers officer lead manager gp hv gps hvs sw parents home community family families children child children's parent parents baby toddler toddlers day night
  health medical dental general mental maternity hospital gp doctor doctors walk breakfast after before out early years year reception sunday summer holiday sports leisure shopping town city village county district borough parish housing
  social care support youth work core peer focus therapy parenting messy play stay sure start home outpatient inpatient emergency specialist adult young carers carer foster adoption fostering crown family's magistrates' magistrates county high supreme
  law food charity book film after-school football swimming dance drama music art gym chess reading homework lunch school college university church team group service services safeguarding perinatal neonatal intensive paediatric children’s learning disability
  multi agency early help duty contact assessment attuned video national nhs acute trust hv health-visiting visiting speech language occupational legal women's women’s womens men's at in on to from for with by of and or is was are were has had went goes go attends attend attending started starting leaves left leaving called visit visited
  closed open very really good great nice lovely big small busy quiet kind little welsh english catholic muslim jewish christian islamic faith forest virtual online whatsapp zoom one two three four five ten tiny full part time new-build nearest closest previous current different former
  mum dad we she he they it you i who which where when after because since until if but so as than then there here not never always just also back only about over near inside outside around off up down into during per ofsted cafe rota
  circle security triple p incredible signal solihull attachment stronger strengthening toddler’s bereavement support recovery women trauma steering working reference advisory supervision training practitioners guiders guider trainee peer-support messy baby's stay-and-play foodbank warm family-support dads mums grandparents tier referral complaints access court's referring`.split(
    /\s+/,
  ),
)
export const namey = new Set(
  'lane road street hill park oak oaks meadow meadows wood woods field fields green bridge river brook mill grove view valley moor dale heath manor tower rose holly willow beech ash elm elms cedar cedars limes firs pines poplars beeches maple birch hawthorn primrose bluebell daisy buttercup rainbow rainbows sunshine sunflower little tiny busy happy sunny acorn acorns ladybird ladybirds caterpillar bumble bee bees bear bears stars star north south east west upper lower saint st all saints holy trinity sacred heart our lady king kings queen queens castle abbey priory church spring springs water lake sea cliff tree trees orchard garden gardens harbour bright haven horizon horizons compass lighthouse anchor beacon bridges pathways phoenix butterfly butterflies rising cornerstone jigsaw cherry apple stepping stones humpty poppy poppies kids tots tinies angels owls fox foxes robin robins swan eagle'.split(
    ' ',
  ),
)
