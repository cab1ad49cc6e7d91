// The policy's reasons in Welsh, by the keys of packages/policy/src/sentences.ts. What somebody wanted to do is named in English there; here the
// sentence does without it, since the screen shows it.
import type { Role, sentences } from '@attune/policy'
import { sayInWelsh } from '../welsh-day.ts'

const roleNames: { readonly [role in Role]: string } = {
  practitioner: 'ymarferydd',
  'service-lead': 'arweinydd gwasanaeth',
  'data-support': 'cymorth data',
  administrator: 'gweinyddwr',
  auditor: 'archwilydd',
  analyst: 'dadansoddwr',
}
const onDay = (day: string) => sayInWelsh(new Date(`${day}T12:00:00Z`), { month: 'long' })
const notWho = 'Rhaid i god beidio â dweud pwy yw’r cleient.'

export const welshSentences: { readonly [key in keyof typeof sentences]: (typeof sentences)[key] } = {
  'act-unknown': () => 'Nid yw hyn yn rhywbeth y gellir gofyn amdano yma.',
  'act-not-granted': ({ role }) => `Fel ${roleNames[role]} ni chewch wneud hyn. Nid yw’r polisi’n ei roi i’ch rôl.`,
  'second-factor-missing': () => 'I wneud hyn rhaid i chi yn gyntaf gadarnhau eich mewngofnodi â’ch ail gam.',
  'service-missing': () => 'I wneud hyn rhaid i chi berthyn i wasanaeth.',
  'not-your-own': ({ role }) => `Fel ${roleNames[role]} cewch wneud hyn drosoch eich hun yn unig.`,
  'service-not-yours': ({ role }) => `Fel ${roleNames[role]} cewch wneud hyn o fewn eich gwasanaeth eich hun yn unig.`,
  'purpose-missing': () => 'Dywedwch at beth y mae: rhaid i chi ddewis diben o’r polisi.',
  'purpose-missing.at-door': () => 'Dywedwch at beth y mae: dewiswch ddiben o’r polisi.',
  'purpose-not-for-this': ({ purpose }) => `Nid yw’r diben “${purpose}” yn cynnwys hyn, felly ni chewch ei wneud ato.`,
  'purpose-unknown': ({ purpose }) => `Nid oes gan y polisi ddiben o’r enw “${purpose}”, felly ni cheir gwneud dim ato.`,
  'purpose-not-yours': ({ purpose }) => `Nid yw’r diben “${purpose}” yn un y caiff eich rôl ei ddefnyddio.`,
  'request-missing': () => 'I wneud hyn mae angen cais am hawliau sy’n gofyn amdano. Agorwch y cais yn gyntaf.',
  'request-missing.purpose': ({ purpose }) => `Mae angen cais am hawliau ar y diben “${purpose}”. Agorwch y cais yn gyntaf.`,
  'second-person-missing': () => 'I wneud hyn rhaid i ail berson gytuno.',
  'second-person-same': () => 'Ni all y sawl a ofynnodd fod yr un sy’n cytuno hefyd. Gofynnwch i gydweithiwr gytuno.',
  'second-person-same.request': () => 'Ni all y sawl a gynigiodd y penderfyniad fod yr un sy’n cytuno hefyd. Gofynnwch i gydweithiwr.',

  'form-kind-unknown': () => 'Nid yw’r polisi’n dweud pryd y ceir anfon y ffurflen hon, felly ni cheir.',
  'programme-open': () => 'Nid yw’r rhaglen hon ar agor, felly ni ellir anfon dim. Mae’r hyn a ysgrifennoch yn aros ar y ddyfais hon.',
  'service-live': () => 'Nid yw eich gwasanaeth ar agor yn y rhaglen hon. Gofynnwch i arweinydd eich gwasanaeth.',
  'person-enrolled': () => 'Nid ydych wedi’ch cofrestru fel ymarferydd. Gofynnwch i arweinydd eich gwasanaeth eich gwahodd.',
  'consent-live.none': () => 'Llofnodwch gydsyniad yr ymarferydd yn gyntaf.',
  'consent-live.ended': () => 'Mae eich cydsyniad wedi dod i ben. Llofnodwch gydsyniad yr ymarferydd eto i fynd ymlaen.',
  'consent-edition': () => 'Mae argraffiad newydd o’r polisi. Darllenwch ef a llofnodwch eto i fynd ymlaen.',
  'terms-accepted': () => 'Mae fersiwn newydd o’r telerau defnyddio. Darllenwch a llofnodwch nhw i fynd ymlaen.',
  'device-attested': () =>
    'Cadarnhewch eto eich bod yn cofnodi ar ddyfais eich gwasanaeth, wedi’i chloi a’i hamgryptio. Mae’n rhan o gydsyniad yr ymarferydd: llofnodwch ef eto.',
  'training-passed': () => 'Mae’r hyfforddiant ar goll. Gwnewch ef yn gyntaf: mae’n cymryd ychydig funudau.',
  'corrective-actions-done': () => 'Mae tasg hyfforddi o archwiliad yn hwyr. Gorffennwch hi i fynd ymlaen.',
  'client-consent': () =>
    'Nid yw’r cleient wedi rhoi cydsyniad, felly ni cheir anfon dim. Gallwch ddefnyddio’r ffurflen brintiedig a’i chadw yn eich gwasanaeth.',
  'attestation-day': () => 'Dywedwch ar ba ddiwrnod y llofnododd y cleient. Ni all y diwrnod fod yn y dyfodol.',
  'attestation-edition': () =>
    'Llofnododd y cleient ar gyfer argraffiad o’r polisi nad yw’n hysbys yma. Estynnwch ffurflen newydd a gofynnwch i’r cleient lofnodi’r argraffiad mewn grym.',
  'attestation-held': () => 'Cadarnhewch fod eich gwasanaeth yn cadw’r papur wedi’i lofnodi.',

  'client-code-missing': () => 'Rhowch god y cleient.',
  'client-code-symbol': () =>
    'Nid cod a wnaed gan y ffurflen yw hwn: mae ynddo symbol nad yw codau o’r fath byth yn ei ddefnyddio. Edrychwch arno eto, neu dewiswch “ein cod ein hunain”.',
  'client-code-length': ({ symbols, given }) => `Mae gan god a wnaed gan y ffurflen ${symbols} symbol. Mae gan hwn ${given}.`,
  'client-code-length.own': () => 'Mae gan god cleient 40 symbol ar y mwyaf.',
  'client-code-check': () => 'Mae un symbol yn y cod hwn yn anghywir, neu mae dau wedi newid lle. Edrychwch ar y slip eto.',
  'client-code-pattern': ({ pattern }) =>
    `Mae codau eich gwasanaeth yn edrych fel ${pattern}. Nid yw hwn. Gwiriwch ef, neu gofynnwch i arweinydd eich gwasanaeth.`,
  'client-code-pattern.none': () => 'Defnyddiwch o leiaf dair llythyren a rhif, heb fylchau. Caniateir yr arwyddion / _ . a -.',
  'client-code-name': () =>
    `Mae hwn yn edrych fel enw. ${notWho} Defnyddiwch rif eich gwasanaeth ar gyfer y cleient, neu gadewch i’r ffurflen wneud cod.`,
  'client-code-email': () => `Mae hwn yn edrych fel cyfeiriad e-bost. ${notWho}`,
  'client-code-phone': () => `Mae hwn yn edrych fel rhif ffôn. ${notWho}`,
  'client-code-date': () => `Mae hwn yn edrych fel dyddiad, efallai ben-blwydd. ${notWho}`,
  'client-code-nhs-number': () => 'Rhif GIG yw hwn. Mae’n dweud pwy yw’r cleient, felly ni all fod yn god. Gadewch i’r ffurflen wneud un.',
  'client-code-national-number': () =>
    'Mae hwn yn edrych fel rhif cenedlaethol (Yswiriant Gwladol neu rif disgybl). Mae’n dweud pwy yw’r cleient, felly ni all fod yn god.',
  'client-code-postcode': () => 'Mae hwn yn edrych fel cod post. Rhaid i god beidio â dweud ble mae’r cleient yn byw.',

  'email-free-mail': ({ domain }) => `Gall unrhyw un gael cyfeiriad yn ${domain}. Defnyddiwch y cyfeiriad a roddodd y gwasanaeth, nid un preifat.`,
  'email-other-domain': ({ domains }) =>
    `Mae cyfeiriadau’r gwasanaeth hwn yn gorffen â ${domains.replaceAll(' or ', ' neu ')}. Defnyddiwch yr un a roddodd y gwasanaeth.`,

  'risk-open': () => 'Dywedwch yn gyntaf pa mor fawr yw’r risg i bobl. Ni newidiwyd dim.',
  'regulator-open': () => 'Rhaid dweud wrth y rheoleiddiwr yn gyntaf. Ni newidiwyd dim.',
  'individuals-open': () => 'Rhaid dweud wrth y bobl dan sylw yn gyntaf. Ni newidiwyd dim.',

  'request-ended': () => 'Mae’r cais hwn wedi dod i ben. Agorwch un newydd os bydd y person yn gofyn eto.',
  'pause-not-here': () => 'Nid yw cloc y cais hwn yn stopio: mae’r polisi’n addo nifer o ddyddiau o’r diwrnod y daeth i mewn.',
  'pause-runs': () => 'Mae’r cloc wedi stopio’n barod.',
  'pause-late': ({ day }) =>
    `Roedd y cais hwn i fod i gael ei ateb erbyn ${onDay(day)}, felly ni ellir stopio ei gloc bellach. Atebwch y cais yn awr.`,
  'pause-missing': () => 'Mae’r cloc yn rhedeg. Nid oes dim i’w ailgychwyn.',
  'extension-not-here.request': () => 'Ni ellir rhoi rhagor o amser i’r cais hwn: mae’r polisi’n addo nifer o ddyddiau o’r diwrnod y daeth i mewn.',
  'extension-not-here.none': () => 'Nid yw’r polisi’n rhoi rhagor o amser i unrhyw gais.',
  'extension-used': () => 'Ychwanegwyd rhagor o amser unwaith yn barod. Ni ellir gwneud hynny eto.',
  'extension-late': ({ day }) =>
    `Rhaid dweud wrth y person am ragor o amser erbyn ${onDay(day)}. Mae’r diwrnod hwnnw wedi mynd heibio: atebwch y cais yn awr.`,
  'identity-confirmed': () => 'Cadarnhawyd yn barod pwy sy’n gofyn.',
  'identity-missing': () => 'Nid yw’r gwasanaeth wedi cadarnhau eto pwy sy’n gofyn. Arhoswch am hynny, neu gofynnwch i’r gwasanaeth.',
  'decision-waits': () => 'Mae penderfyniad yn aros am ail berson yn barod.',
  'reasons-missing': () => 'Rhowch y rhesymau mewn brawddeg. Maent yn mynd i’r llythyr at y person.',
  'proposal-missing': () => 'Nid oes penderfyniad sy’n aros am ail berson.',
  'restriction-missing': () => 'Nid yw’r cais hwn yn cyfyngu ar ddim yn awr.',

  'right-object-is-withdrawal': () =>
    'Defnyddir y data hwn â chydsyniad. Yn lle gwrthwynebu, gall y person dynnu cydsyniad yn ôl, ac rydym yn dal y data nes y penderfynir ar hynny.',
  'right-object-not-here': () => 'Gall person wrthwynebu dim ond lle defnyddir data ar gyfer tasg gyhoeddus neu fuddiant dilys. Nid felly y mae yma.',
  'right-withdraw-not-here': () =>
    'Ni ddefnyddir y data hwn ar sail cydsyniad, felly nid oes cydsyniad i’w dynnu’n ôl. Efallai fod gan y person hawl i wrthwynebu yn lle hynny.',
  'right-port-not-here': () =>
    'Mae copi i’w gymryd i rywle arall yn ddyledus dim ond lle defnyddir data â chydsyniad neu o dan gontract. Gall y person ofyn am gopi iddo’i hun o hyd.',
  'right-delete-not-here': () =>
    'Nid yw’r gyfraith yn rhoi hawl i ddileu lle rhaid cadw data yn ôl y gyfraith neu ar gyfer tasg gyhoeddus. Efallai fod gan y person hawl i wrthwynebu yn lle hynny.',

  'retention-active': () => 'Cedwir hwn cyhyd ag y bydd y person yn cymryd rhan.',
  'retention-held': ({ day }) => `Mae’r polisi’n cadw hwn tan ${onDay(day)}. Dim ond cais am hawliau all ei ddileu’n gynt.`,
  'retention-held.open': () => 'Mae’r polisi’n cadw hwn nes i rywun benderfynu fel arall.',
  'extension-not-here.longest': () => 'Mae’r polisi’n rhoi amser hiraf i hwn. Ni ellir cadw dim y tu hwnt iddo.',
  'extension-not-here.no-date': () => 'Nid oes dyddiad yn dod â’r rheol hon i ben, felly nid oes dim i’w ohirio.',
  'reasons-missing.pause': () => 'Dywedwch mewn brawddeg beth a ofynnir i’r person. Mae’n mynd i’r llythyr ato.',
  'reasons-missing.extend': () =>
    'Dywedwch mewn brawddeg pam y mae’n cymryd mwy o amser. Mae’r gyfraith yn gofyn amdano, ac mae’n mynd i’r llythyr at y person.',
  'reasons-missing.put-off': () => 'Dywedwch mewn brawddeg pam y mae angen y cofnodion hyn o hyd.',
  'extension-past': () => 'Rhaid i’r diwrnod newydd fod yn y dyfodol.',
  'extension-too-long': ({ day }) => `Mae’r polisi’n caniatáu gohirio gwaredu tan ${onDay(day)} ar y mwyaf.`,
}
