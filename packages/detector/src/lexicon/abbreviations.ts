// Capitals of two to five letters that stand for a job, a body, a measure or a thing, and not for somebody: of the sector and of every day.
// Short words that people stress ("SO proud") stand here as well. Folded to lower case.
import { wordSet } from './word-set.ts'

const two = `
  aa am an as at be by co do dr dv dx eg ex fu fx fy go gp he hi ho hq hv id ie in ip iq ir is it iv lo me mi mr my no of oh ok om on op or
  os ot ox po px qa qr qt re rv rx so sw ta to tv uc uh uk um un up ur us uv vs we wk ww xl xp ya yo zz
`
/** Pairs that are somebody's initials as often: where only a person can stand they are taken for one. */
const weakPairs = `
  hw km cp mp pc pe pi pr ow la hr ap ar av bf bm bu cf ci dn dt fn fp ri tm tt va wi vi
  ac ad ah ai ba bb bc bp bs bt ca cb cc cd ce ch cm cn cs ct cv da dc dd de dm ds ea eb ec ed eh ei el em en ep er es et eu ev ey fa fb fc ff
  fh fs ft gb gd gf gm gs ha hb hc hm hp hs ht ia ic if ii jp kg ks ld lp ma md mg mh ml mm ms mw na nb ne nf nh ni nn nr nt nw ny nz oa pa pd
  pg ph pj pm pn pp ps pt ra rc rn rr rt sc sd se sg si sp sr ss st su tb tc td tl vc wc wp yc yp yr
`
const three = `
  aac aap abc aca acp adl afc aip aka amh apa app asb asd asq atm avg awl bbc bfi bmi bmx bps bsa bsc bsl btw cbd cbs cbt ccg ceo cfs cgi chc che cic cin cio cla clp cme cmp coe cpa cpc cpd cpn cpo cpr cps crb cri crp csa csc cse csp css csv cta ctc cvd cws
  dbt dbs dcd dfe dhr dla dlo dna dnr dob doc dpa dpo dps dsa dsh dsl dss dst dui dvd dwp eal eco ecg eda eds eeg ehc ehe ehm eia elc elf ema ent eta eyp faq fax fba fda fft fgc fgm fha fii fnp foi fri fsa fsm fsn fsw fyi gbo gcs gdm gmc gov gps gtn gum
  hba hca hcp hdu hee hiv hmo hmp hnc hnd hrt hse htm hub hug iaa iba icb ics ict icu idp iep ifa ifh imd imo inc inr ips ira iro isa iso isp ist itu iud ivf jcb jsa kfc kpi ksi lac lad lcd lft lga llb lsa lsb lsc lsp ltd mae mat mba mbt mdt med mha mhp mhs mmr mod mop mot mou mpu mri mrs msc msk msp mtg nai nao nct ncp ncs nfa nhs nib nic nmc nmw nnc nni nod nqt nrp nsp nte nut nvq
  oap obs occ ocd ocn odd oos osa oti ott pac pas pbs pcf pcp pct pcr pda pdf pdp pea pec peg pgc phd phe pho php pic pip pis plc plo plp pmh pmr pms pmt pnd pod poc ppa ppd ppe ppi ppm ppp prd pro prs pru psa psi psp ptm pvi qcf qol qts ram rcn rct rgn rip rmn rpi rse rsv saf sas sats scr scu sdp sdq sef sen sga sgo shs sib sla slp slt smh sms snt sos spa spd spl smp ssd ssp sss std sti stp svq swd
  tac taf tas tbc tbd tbh tia tla tlc tmi tpo ucl ucp uas ufn uni upn urn usa usb usp uti vat vcs vig vip vpn wam wep wic wip wpm www yjs yot yos yob
`
const longer = `
  acas aspa asap beat bfbs cais cami camhs cats chis cico clic cpoms cypmhs dart dash dsaf ecat echr elmo ehat emas esol eyfs eypp fasd gids girfec gpcs hads haci hscp icon icpc imca iris kids ktpp lado loac mash maps marac mast msdt nasp nasa nice nspcc osfed pals peep pmhw pops pshe rcpc resus rspb sals sams scie send sens smart star swot topse uasc uncrc verp vipp wami wppsi
`

const known = wordSet(two + weakPairs + three + longer)
const weak = wordSet(weakPairs)

/** True of capitals that are known to mean something else than a person. */
export const isKnownAbbreviation = (folded: string): boolean => known.has(folded)

/** True of a pair that may be an abbreviation and may be somebody. */
export const isWeakAbbreviation = (folded: string): boolean => weak.has(folded)

/** Initials that people go by as a name ("AJ settled"); any others need the words around them. */
export const spokenInitials = wordSet('aj bj cj ej jj kj lj mj oj rj sj tj vj')
