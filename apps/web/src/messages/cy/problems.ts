// The catalogue of problems in Welsh, by code (packages/contract/src/problem.ts): what happened, and what to do next.
import type { ProblemCode } from '@attune/contract'

const nothing = 'Ni newidiwyd dim.'
const notStored = 'Ni storiwyd dim.'
type Words = { readonly title: string; readonly next: string }

export const welshProblems: { readonly [code in ProblemCode]: Words } = {
  'not-signed-in': { title: 'Nid ydych wedi mewngofnodi.', next: 'Mewngofnodwch a rhowch gynnig arall arni.' },
  'sign-in-failed': {
    title: 'Nid yw’r cyfeiriad e-bost a’r cyfrinair hynny’n cyd-fynd.',
    next: 'Gwiriwch y ddau a rhowch gynnig arall arni, neu gofynnwch i arweinydd eich gwasanaeth am wahoddiad newydd.',
  },
  'code-refused': { title: 'Ni dderbyniwyd y cod hwnnw.', next: 'Arhoswch am y cod nesaf yn eich ap dilysu a theipiwch ef unwaith.' },
  'passkey-refused': {
    title: 'Ni dderbyniwyd yr allwedd mynediad honno.',
    next: 'Rhowch gynnig arall arni, neu defnyddiwch eich cyfrinair a’ch ap dilysu.',
  },
  'provider-refused': {
    title: 'Ni dderbyniwyd y mewngofnodiad hwnnw.',
    next: 'Dechreuwch eto o’r dudalen fewngofnodi. Os bydd yn aros felly, mewngofnodwch mewn ffordd arall a dywedwch wrth y sawl sy’n rhedeg y gweinydd hwn.',
  },
  'provider-unknown': {
    title: 'Nid yw’r mewngofnodiad hwn wedi’i gysylltu â chyfrif yma.',
    next: 'Agorwch eich gwahoddiad a’i ddewis yno, neu mewngofnodwch mewn ffordd arall a’i gysylltu yn eich gosodiadau.',
  },
  'provider-taken': {
    title: 'Mae’r mewngofnodiad hwn wedi’i gysylltu â chyfrif arall.',
    next: `${nothing} Datgysylltwch ef yno yn gyntaf.`,
  },
  'provider-away': {
    title: 'Nid yw mewngofnodi eich sefydliad yn ateb.',
    next: 'Ni chollwyd dim. Rhowch gynnig arall arni mewn ychydig funudau, neu mewngofnodwch mewn ffordd arall.',
  },
  'last-way-in': {
    title: 'Ni fyddai gennych ffordd i fewngofnodi.',
    next: `${nothing} Ychwanegwch allwedd mynediad yn gyntaf, yna datgysylltwch hwn.`,
  },
  'second-factor-needed': {
    title: 'Mae angen eich ail gam mewngofnodi ar gyfer hyn.',
    next: 'Gorffennwch fewngofnodi â’ch allwedd mynediad neu’ch ap dilysu.',
  },
  'step-up-needed': {
    title: 'Cadarnhewch mai chi sydd yno.',
    next: 'Mewngofnodwch eto; mae angen mewngofnodiad o’r pum munud diwethaf ar gyfer hyn.',
  },
  'too-many-tries': { title: 'Bu gormod o geisiau.', next: 'Arhoswch ychydig funudau, yna rhowch gynnig arall arni.' },
  'invitation-unknown': {
    title: 'Ni ellir defnyddio’r gwahoddiad hwn.',
    next: 'Efallai ei fod wedi’i ddefnyddio neu wedi dyddio. Gofynnwch i’r sawl a’ch gwahoddodd am un newydd.',
  },
  'password-weak': {
    title: 'Mae’r cyfrinair hwnnw’n rhy hawdd ei ddyfalu.',
    next: 'Defnyddiwch o leiaf 15 nod; mae tri neu bedwar gair digyswllt yn gweithio’n dda.',
  },
  'not-allowed': {
    title: 'Ni chewch wneud hyn.',
    next: 'Nid yw’n rhan o’ch rôl. Gofynnwch i arweinydd eich gwasanaeth os ydych yn meddwl y dylai fod.',
  },
  'purpose-refused': {
    title: 'Nid yw hwnnw’n un o ddibenion y polisi.',
    next: 'Dim ond at ddiben y mae’r polisi’n ei restru y ceir darllen cofnodion.',
  },
  'not-found': { title: 'Nid oes dim yma y cewch ei weld.', next: 'Gwiriwch y cyfeiriad, neu ewch yn ôl i’ch tudalen gartref.' },
  'method-unknown': { title: 'Nid yw’r cyfeiriad hwn yn derbyn cais o’r fath.', next: 'Gweler /api/openapi.json.' },
  'origin-refused': { title: 'Daeth y cais o safle arall.', next: 'Agorwch Attune ei hun a rhowch gynnig arall arni.' },
  'insecure-connection': { title: 'Dim ond dros gysylltiad wedi’i amgryptio y mae Attune yn ateb.', next: 'Defnyddiwch y cyfeiriad https.' },
  'request-malformed': { title: 'Ni ellid darllen y cais.', next: notStored },
  'request-invalid': {
    title: 'Mae maes yn y cais ar goll, yn anhysbys neu o’r math anghywir.',
    next: `${notStored} Gweler y rhestr o feysydd.`,
  },
  'media-type-unknown': { title: 'Ni dderbynnir cais o’r math hwn yma.', next: notStored },
  'too-large': {
    title: 'Mae hwnnw’n fwy nag y mae Attune yn ei dderbyn.',
    next: `${notStored} Gwnewch y lluniau’n llai ac anfonwch eto.`,
  },
  'submission-malformed': { title: 'Ni ellid darllen y ffurflen.', next: `${notStored} Mae eich atebion ar eich dyfais o hyd.` },
  'submission-invalid': {
    title: 'Nid yw rhai atebion yn ffitio’r ffurflen.',
    next: `${notStored} Agorwch y drafft, edrychwch ar y cwestiynau a enwir, ac anfonwch eto.`,
  },
  'submission-changed': {
    title: 'Anfonwyd y cofnod hwn o’r blaen ag atebion eraill.',
    next: 'Cadwyd yr un cyntaf. Gofynnwch i’r sefydliad sy’n rhedeg y rhaglen am gywiriad os yw’n anghywir.',
  },
  'form-unknown': { title: 'Nid oes ffurflen o’r fath.', next: 'Ail-lwythwch Attune i gael ffurflenni heddiw.' },
  'form-version-unknown': {
    title: 'Nid yw’r fersiwn hon o’r ffurflen yn hysbys yma.',
    next: `${notStored} Ail-lwythwch Attune; mae eich drafft yn aros ar eich dyfais.`,
  },
  'form-closed': {
    title: 'Nid yw’r ffurflen hon yn derbyn atebion mwyach.',
    next: `${notStored} Gofynnwch i arweinydd eich gwasanaeth beth i’w ddefnyddio yn ei lle.`,
  },
  'form-version-taken': {
    title: 'Mae ffurflen â’r fersiwn hon yn barod.',
    next: `${nothing} Rhowch y fersiwn nesaf i’ch ffurflen.`,
  },
  'form-last-version': {
    title: 'Dyma’r fersiwn sydd mewn defnydd.',
    next: `${nothing} Cyhoeddwch y fersiwn sy’n ei dilyn yn gyntaf, yna caewch hon.`,
  },
  'form-draft-decided': {
    title: 'Mae rhywun wedi penderfynu ar y drafft hwn yn barod.',
    next: `${nothing} Edrychwch ar y rhestr o ffurflenni.`,
  },
  'form-draft-outdated': {
    title: 'Newidiodd y ffurflen sydd gan bawb ers i hon gael ei chyflwyno.',
    next: `${nothing} Tynnwch y drafft hwn yn ôl a’i gyflwyno eto.`,
  },
  'second-person-same': {
    title: 'Ni all y sawl sy’n gofyn am rywbeth fod yr un sy’n cytuno iddo hefyd.',
    next: `${nothing} Gofynnwch i weinyddwr arall edrych arno.`,
  },
  'breach-closed': {
    title: 'Mae’r digwyddiad hwn wedi’i gau.',
    next: `${nothing} Cofnodwch un newydd os oes rhywbeth arall wedi digwydd.`,
  },
  'breach-not-ready': { title: 'Ni ellir gwneud hyn gyda’r digwyddiad eto.', next: nothing },
  'audit-unjudged': {
    title: 'Mae gan yr archwiliad hwn destunau heb ddyfarniad.',
    next: `${nothing} Rhowch ddyfarniad ar bob un ohonynt yn gyntaf.`,
  },
  'audit-closed': { title: 'Mae’r archwiliad hwn wedi’i gau.', next: nothing },
  'audit-text-judged': {
    title: 'Mae rhywun wedi rhoi dyfarniad ar y testun hwn yn barod.',
    next: `${nothing} Ewch ymlaen â’r un nesaf.`,
  },
  'record-changed': {
    title: 'Newidiwyd y cofnod eiliad yn ôl.',
    next: 'Ni newidiwyd dim gennych chi. Llwythwch ef eto ac edrychwch unwaith yn rhagor.',
  },
  'measure-unknown': {
    title: 'Nid oes mesur o’r fath.',
    next: 'Dewiswch un o’r rhestr, neu gofynnwch i’r sefydliad sy’n rhedeg y rhaglen ei ychwanegu.',
  },
  'measure-not-own': {
    title: 'Nid oes gan y gwasanaeth hwn fesur o’r fath ei hun.',
    next: `${nothing} Llwythwch y dudalen eto: efallai fod rhywun wedi’i dynnu allan yn barod.`,
  },
  'measure-refused': { title: 'Ni ellir ychwanegu’r mesur hwn.', next: `${nothing} Dewiswch un arall.` },
  'device-limit': {
    title: 'Mae gennych ddeg ap wedi’u cysylltu.',
    next: 'Datgysylltwch un nad ydych yn ei ddefnyddio mwyach yn gyntaf.',
  },
  'device-unknown': {
    title: 'Nid yw’r ap hwn wedi’i gysylltu ag Attune.',
    next: `${notStored} Mae eich ffurflenni’n aros ar y ffôn. Mewngofnodwch i Attune, agorwch Apiau wedi’u cysylltu a chysylltwch ef eto.`,
  },
  'read-token-unknown': {
    title: 'Nid yw’r tocyn hwn yn agor dim.',
    next: 'Mewngofnodwch i Attune, agorwch dudalen eich rhaglenni cysylltiedig a chysylltwch hon eto.',
  },
  'device-scope': {
    title: 'Dim ond cofnodion sesiwn y mae ap wedi’i gysylltu yn eu hanfon.',
    next: `${notStored} Agorwch Attune yn y porwr ar gyfer y ffurflen hon.`,
  },
  'programme-wrong': {
    title: 'Mae’r ffurflen hon yn perthyn i raglen arall.',
    next: `${notStored} Gwiriwch eich bod yn y cyfeiriad cywir.`,
  },
  'programme-closed': { title: 'Nid yw’r rhaglen hon yn derbyn atebion yn awr.', next: notStored },
  'consent-missing': {
    title: 'Nid yw eich ffurflen gydsynio eich hun wedi’i llofnodi, neu mae argraffiad newydd i’w lofnodi.',
    next: 'Llofnodwch hi o’ch tudalen gartref; mae eich drafft yn aros ar eich dyfais.',
  },
  'client-consent-missing': {
    title: 'Nid yw cydsyniad llofnodedig y cleient wedi’i gadarnhau.',
    next: `${notStored} Cadarnhewch ef ar y dudalen gyntaf, neu defnyddiwch y ffurflen bapur.`,
  },
  'terms-missing': {
    title: 'Nid yw’r telerau wedi’u derbyn eto.',
    next: 'Derbyniwch nhw o’ch tudalen gartref; mae eich drafft yn aros ar eich dyfais.',
  },
  'device-not-attested': {
    title: 'Mae eich gair am y ddyfais yr ydych yn cofnodi arni wedi dod i ben.',
    next: 'Llofnodwch gydsyniad yr ymarferydd eto o’ch tudalen gartref; mae eich drafft yn aros ar eich dyfais.',
  },
  'training-missing': {
    title: 'Nid yw’r prawf hyfforddi byr wedi’i wneud eto.',
    next: 'Gwnewch ef o’ch tudalen gartref; mae eich drafft yn aros ar eich dyfais.',
  },
  'service-not-live': {
    title: 'Nid yw’r gwasanaeth hwn wedi’i droi ymlaen eto.',
    next: 'Rhaid i’w arweinydd dderbyn telerau’r prosesydd yn gyntaf.',
  },
  'client-code-refused': {
    title: 'Ni ellir defnyddio’r cod cleient hwnnw.',
    next: 'Gwiriwch bob symbol, neu gwnewch un newydd. Ni chaiff cod fod yn enw, yn ddyddiad nac yn rhif y mae eraill yn ei ddefnyddio i’r cleient.',
  },
  'policy-changed': {
    title: 'Newidiwyd y polisi ers i chi ei ddarllen.',
    next: `${notStored} Agorwch y ffurflen gydsynio eto: mae’n dangos y polisi fel y mae yn awr.`,
  },
  'email-not-business': {
    title: 'Nid yw hwnnw’n gyfeiriad gwaith yn y gwasanaeth hwn.',
    next: 'Defnyddiwch y cyfeiriad e-bost a roddodd y gwasanaeth, nid un preifat.',
  },
  'grant-limit': {
    title: 'Mae gan y gwasanaeth hwn ddau berson â mynediad at ddata yn barod.',
    next: 'Dewch â mynediad un ohonynt i ben yn gyntaf.',
  },
  'nomination-missing': {
    title: 'Nid yw’r gwasanaeth wedi enwebu’r person hwn.',
    next: `${nothing} Gofynnwch i arweinydd y gwasanaeth eu henwebu yn gyntaf.`,
  },
  'already-exists': { title: 'Mae hwnnw’n bod yn barod.', next: nothing },
  'code-request-too-early': {
    title: 'Nid ydych wedi anfon cofnod yn y gwasanaeth hwn eto.',
    next: 'Felly nid oes cod i’w ganfod.',
  },
  'code-request-answered': { title: 'Mae rhywun wedi ateb hwn yn barod.', next: 'Agorwch y rhestr eto.' },
  'code-not-of-request': {
    title: 'Nid anfonwyd y cod hwnnw gan yr ymarferydd hwn â’r diwrnod sesiwn hwnnw.',
    next: 'Dewiswch un o’r codau y daeth y chwiliad o hyd iddynt.',
  },
  'link-list-missing': {
    title: 'Dywedwch ble mae eich gwasanaeth yn cadw’r rhestr o godau, a phwy sy’n ei chadw.',
    next: 'Llenwch y ddau. Mae enw’r lle a rôl yn ddigon; nid yw’r rhestr ei hun byth yn dod yma.',
  },
  'responsibility-missing': {
    title: 'Mae angen i’ch gwasanaeth dderbyn cyfrifoldeb am y copi cyn lawrlwytho.',
    next: 'Ticiwch y blwch a rhowch gynnig arall arni.',
  },
  'request-names-person': {
    title: 'Mae’n ymddangos bod hwn yn enwi rhywun, neu’n dweud mwy nag y dylai.',
    next: 'Ni chadwyd dim. Ysgrifennwch ef eto â’r cod cleient yn unig, heb enwau, cyfeiriadau, dyddiadau geni na rhifau y mae eraill yn eu defnyddio.',
  },
  'request-day-refused': {
    title: 'Ni all y diwrnod hwnnw fod yn gywir.',
    next: `${nothing} Rhowch ddiwrnod nad yw yn y dyfodol nac o flaen dechrau’r rhaglen.`,
  },
  'request-step-refused': { title: 'Ni ellir cymryd y cam hwn yn awr.', next: `${nothing} Edrychwch ar y cais eto.` },
  'request-incomplete': { title: 'Mae rhywbeth ar goll.', next: `${nothing} Llenwch yr hyn a enwir a rhowch gynnig arall arni.` },
  'recipient-key-refused': {
    title: 'Nid yw honno’n allwedd age gyhoeddus.',
    next: `${nothing} Gofynnwch i’r derbynnydd am y llinell sy’n dechrau ag age1.`,
  },
  'client-erased': {
    title: 'Gofynnodd y cleient hwn am gael ei dynnu allan, felly ni dderbynnir dim rhagor dan y cod hwn.',
    next: `${notStored} Dilëwch y drafft. Os yw’r cleient am gymryd rhan eto, dechreuwch â chod newydd.`,
  },
  'retention-refused': { title: 'Nid yw’r polisi’n caniatáu hyn.', next: nothing },
  'slice-refused': {
    title: 'Gallai’r rhifau hyn bwyntio at un teulu.',
    next: 'Gofynnwch am grŵp ehangach neu gyfnod hirach.',
  },
  'demo-only': {
    title: 'Dim ond yn y demo y mae mewngofnodi ag un clic.',
    next: 'Mewngofnodwch â’ch allwedd mynediad neu’ch cyfrinair.',
  },
  'database-away': {
    title: 'Nid yw’r gronfa ddata’n ateb ar hyn o bryd.',
    next: `${notStored} Mae eich atebion yn aros ar eich dyfais ac yn cael eu hanfon eto ohonynt eu hunain.`,
  },
  'backup-not-set-up': {
    title: 'Nid yw copïau wrth gefn wedi’u gosod eto.',
    next: 'Mae’r sawl sy’n rhedeg y gweinydd yn enwi’r bobl a’r lleoedd yn y gosodiadau; mae docs/guides/operations.md yn dweud sut.',
  },
  'backup-under-way': {
    title: 'Mae copi wrth gefn yn cael ei wneud yn barod.',
    next: 'Arhoswch nes ei fod wedi’i wirio. Mae’r dudalen hon yn ei ddangos.',
  },
  'file-refused': {
    title: 'Ni basiodd ffeil y gwiriad am feddalwedd niweidiol.',
    next: `${notStored} Tynnwch y ffeil o’r ffurflen, a gofynnwch i rywun edrych ar y ddyfais y daeth ohoni.`,
  },
  'scanner-away': {
    title: 'Ni ellir gwirio ffeiliau am feddalwedd niweidiol ar hyn o bryd.',
    next: `${notStored} Mae eich atebion yn aros ar eich dyfais; rhowch gynnig arall arni mewn ychydig funudau.`,
  },
  'keys-away': {
    title: 'Ni ellir cyrraedd yr allweddi ar hyn o bryd.',
    next: `${notStored} Rhowch gynnig arall arni mewn munud.`,
  },
  unexpected: {
    title: 'Aeth rhywbeth o’i le ar ein hochr ni.',
    next: `${notStored} Rhowch y rhif isod i ni os bydd yn digwydd eto.`,
  },
}
