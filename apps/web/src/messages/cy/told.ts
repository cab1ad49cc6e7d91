// What the server says itself, in Welsh, by the keys of packages/contract/src/told.ts.
import type { told } from '@attune/contract'

export const welshTold: { readonly [key in keyof typeof told]: (typeof told)[key] } = {
  'met.programme-open': () => 'Mae’r rhaglen yn derbyn cofnodion.',
  'met.service-live': () => 'Mae eich gwasanaeth yn cymryd rhan.',
  'met.person-enrolled': () => 'Rydych wedi’ch cofrestru fel ymarferydd.',
  'met.consent-live': () => 'Mae eich ffurflen gydsynio wedi’i llofnodi.',
  'met.consent-edition': () => 'Mae’r hyn a lofnodwyd yn cwmpasu’r argraffiad o’r polisi sydd mewn grym.',
  'met.terms-accepted': () => 'Rydych wedi derbyn y telerau sydd mewn grym.',
  'met.device-attested': () => 'Rydych wedi cadarnhau’r ddyfais yr ydych yn cofnodi arni.',
  'met.training-passed': () => 'Rydych wedi pasio’r prawf hyfforddi.',
  'met.corrective-actions-done': () => 'Nid oes tasg hyfforddi yn hwyr.',
  'met.other': () => 'Mae hyn mewn trefn.',

  'request.filed': ({ reference }) => `Mae’r cais gan eich gwasanaeth. Rhowch y cyfeirnod ${reference} iddynt; byddant yn sicrhau mai chi sydd yno.`,
  'request.ground-missing': () => 'Dywedwch ar ba sail na ddylid defnyddio’r data.',
  'request.code-missing': () => 'Rhowch y cod cleient y mae’r cais yn ymwneud ag ef.',
  'request.code-to-add': () => 'Ychwanegwch y cod cleient, er mwyn edrych ar y cofnodion cywir.',
  'request.service-missing': () => 'Dywedwch pa wasanaeth sy’n adnabod y cleient.',
  'request.not-for-client': () =>
    'Fel ymarferydd rydych yn gwneud ceisiadau am eich data eich hun. Arweinydd eich gwasanaeth neu gymorth data sy’n gwneud cais dros gleient.',
  'request.nothing-held': () =>
    'Nid oes dim yn cael ei gadw amdanoch eto: nid ydych wedi llofnodi’r ffurflen gydsynio. I gau eich cyfrif, gofynnwch i arweinydd eich gwasanaeth.',
  'request.restriction-ground-missing': () => 'Dywedwch ar ba sail y cyfyngir ar y data.',
  'request.recipient-missing': () => 'Dywedwch at bwy y mae’n mynd: enw a’u hallwedd age gyhoeddus, neu wasanaeth arall.',
  'request.cannot-move': () => 'Dim ond cais i drosglwyddo data all ei symud i wasanaeth arall.',
  'request.client-only': () => 'Dim ond cofnodion cleient y gellir eu trosglwyddo i wasanaeth arall.',
  'request.first-of-service': ({ months }) => `Ni ellir gwrthod cais cyntaf gwasanaeth mewn ${months} mis. Seliwch y pecyn ar eu cyfer.`,
  'request.restricts-nothing': () => 'Nid yw’r cais hwn yn cyfyngu ar ddim yn awr, felly nid oes dim i’w ddiweddu.',
  'request.correct-first': () => 'Cywirwch y cofnod yn gyntaf. Yna gellir ateb y cais â “ie”.',
  'request.held-by-another': () => 'Mae cais arall yn dal data’r cleient hwn. Penderfynwch ar hwnnw yn gyntaf.',
  'request.decided': () => 'Penderfynwyd ar hyn yn barod.',

  'correction.none': () => 'Dywedwch pa atebion i’w cywiro.',
  'correction.other-client': () => 'Nid yw’r cofnod hwn yn un y cleient y mae’r cais yn ymwneud ag ef.',
  'correction.needs-request': () => 'Mae angen cais agored am gleient i gywiro, a rhaid i’r gwasanaeth fod wedi cadarnhau pwy sy’n gofyn.',
  'correction.consent': () =>
    'Nid yw’r hyn y cytunodd cleient iddo yn ateb i’w gywiro: mae’n newid dim ond pan roddir cydsyniad o’r newydd, ar daflen a lofnodir ar gyfer y sesiwn nesaf, neu pan dynnir ef yn ôl drwy gais. Ni newidiwyd dim.',
  'correction.fixed': () => 'Ni ellir cywiro rhai o’r atebion hyn. Ni newidiwyd dim.',

  'move.no-record': () => 'Nid oes cofnod o’r cleient hwn wedi dod eto, felly nid oes dim i’w drosglwyddo.',
  'move.not-live': () => 'Dim ond i wasanaeth arall sydd ar agor yma y gellir trosglwyddo cofnodion.',
  'move.code-misfit': () => 'Nid yw’r cod yn ffitio patrwm y gwasanaeth arall. Gofynnwch iddynt am un o’u codau nhw yn gyntaf.',
  'move.code-taken': () => 'Mae’r gwasanaeth arall yn defnyddio’r cod hwn i rywun yn barod. Gofynnwch iddynt am god arall yn gyntaf.',

  'code.other-request': ({ reference }) => `Mae cais ${reference} yn gofyn am ymarferydd arall neu ddiwrnod arall.`,
  'access.own': () => 'Rhaid i rywun arall edrych ar eich mynediad eich hun. Ni newidiwyd dim.',
  'invite.lead': ({ operator }) =>
    `Fel arweinydd gwasanaeth cewch wahodd ymarferwyr. Rydych yn enwebu’r sawl yr hoffech ei gael fel cymorth data; ${operator} sy’n rhoi’r mynediad.`,
  'invite.sign-in-first': () => 'Mae gennych gyfrif yn barod. Mewngofnodwch yn gyntaf, yna agorwch y gwahoddiad eto.',
  'sign-in.no-role': () => 'Nid oes gan y person hwn rôl mwyach. Gwahoddwch nhw yn lle hynny.',

  'breach.lead': ({ operator }) => `Fel arweinydd gwasanaeth rydych yn cofnodi’r hyn a ddigwyddodd; ${operator} sy’n edrych i mewn i gyfrifon.`,
  'breach.told-already': () => 'Dywedwyd wrth y bobl dan sylw yn barod. Ni newidiwyd dim.',
  'breach.still-counting': () =>
    'Mae cofnodion rhai gwasanaethau yn dal i gael eu harchwilio. Rhowch gynnig arall arni ymhen munud. Ni newidiwyd dim.',
  'audit.scanning': () => 'Mae’r testunau’n dal i gael eu gwirio gan y peiriant. Ni newidiwyd dim.',
  'audit.left': ({ count }) => `Mae angen dyfarniad ar ${count} testun yn gyntaf. Ni newidiwyd dim.`,

  'retention.reason-missing': () => 'Dywedwch pam mewn brawddeg.',
  'retention.no-records': () => 'Nid oes cofnodion â sesiynau rhwng y dyddiau hyn.',
  'report.not-yours': () => 'Mae adroddiad un gwasanaeth ar gyfer y gwasanaeth ei hun. Agorwch yr adroddiad cenedlaethol yn lle hynny.',
  'report.not-released': () =>
    'Nid yw’r chwarter hwnnw wedi’i ryddhau eto. Dangosir ei rifau ychydig ddyddiau ar ôl ei ddiwedd, fel na ellir adnabod neb o ddydd i ddydd.',
  'report.selections': () => 'Mae gwasanaethau’n cadw detholiadau ar gyfer adroddiad, pob un drosto’i hun.',
}
