const drafts = (count: number): string => (count === 1 ? '1 drafft' : `${count} o ddrafftiau`)
const records = (count: number): string => (count === 1 ? '1 cofnod' : `${count} o gofnodion`)

export const vault = {
  'vault.createTitle': 'Diogelu’r hyn a deipiwch ar y ddyfais hon',
  'vault.createSays':
    'Mae atebion yn aros yma nes iddynt gael eu hanfon, hyd yn oed heb signal. Maent wedi’u selio ag allwedd na all neb ond chi ei hagor.',
  'vault.withPasskey': 'Defnyddio fy allwedd mynediad',
  'vault.withPasskeySays': 'Mae eich ôl bys, eich wyneb neu glo eich dyfais yn agor eich drafftiau.',
  'vault.passphrase': 'Cyfrinair hir ar gyfer y ddyfais hon',
  'vault.passphraseNew': 'Neu dewiswch eich un eich hun',
  'vault.passphraseHint': 'O leiaf 12 nod. Os byddwch yn ei anghofio, ni all neb agor y drafftiau ar y ddyfais hon.',
  'vault.passphraseShort': 'Defnyddiwch o leiaf 12 nod, nid yr un ychydig dro ar ôl tro',
  'vault.passphraseMissing': 'Rhowch eich cyfrinair hir',
  'vault.proposed': 'Cyfrinair hir a wnaed i chi',
  'vault.proposedSays': 'Ysgrifennwch ef lle gallwch chi yn unig ei gael. Nid yw’n cael ei gadw yn unman na’i ddangos eto.',
  'vault.useProposed': 'Rwyf wedi’i nodi: defnyddio hwn',
  'vault.createGo': 'Diogelu’r ddyfais hon',
  'vault.unlockTitle': 'Agor eich drafftiau',
  'vault.unlockSays':
    'Maent wedi’u selio ar y ddyfais hon. Mae eich cyfrinair hir neu’ch allwedd mynediad yn eu hagor; nid yw byth yn cael ei anfon.',
  'vault.unlockGo': 'Agor',
  'vault.unlockPasskey': 'Agor â’m hallwedd mynediad',
  'vault.wrong': 'Nid yw’r cyfrinair hwnnw’n agor drafftiau’r ddyfais hon',
  'vault.wrongNext': 'Gwiriwch bob llythyren. Mae priflythrennau’n cyfrif.',
  'vault.passkeyStopped': 'Nid agorodd yr allwedd mynediad y drafftiau',
  'vault.passkeyStoppedNext': 'Rhowch gynnig arall arni, neu defnyddiwch eich cyfrinair hir os gosodoch un.',
  'vault.passkeyCannot': 'Ni all yr allwedd mynediad hon gadw allwedd ar gyfer drafftiau. Dewiswch gyfrinair hir.',
  'vault.working': 'Yn gweithio arno. Mae hyn yn cymryd eiliad yn fwriadol.',
  'vault.forgotten': 'Rwyf wedi’i anghofio',
  'vault.forgottenSays':
    'Yna ni all neb agor y drafftiau ar y ddyfais hon, ninnau chwaith. Gallwch eu dileu a dechrau eto. Mae’r hyn a anfonwyd yn ddiogel.',
  'vault.wipe': 'Dileu drafftiau’r ddyfais hon',
  'vault.wipeTitle': 'Dileu holl ddrafftiau’r ddyfais hon?',
  'vault.wipeSays': ({ drafts: d, waiting }: { drafts: number; waiting: number }) =>
    `Mae hyn yn dileu ${drafts(d)} a ${records(waiting)} sy’n aros i’w hanfon. Ni ellir eu cael yn ôl.`,
  'vault.wipeYes': 'Ie, dileu popeth',
  'vault.wipeNo': 'Eu cadw',
  'vault.wiped': 'Dilëwyd popeth o’r ddyfais hon.',
  'vault.locked': 'Clowyd eich drafftiau, gan na ddigwyddodd dim am sbel. Ni chollwyd dim.',
  'vault.noStorage': 'Nid yw’r porwr hwn yn cadw dim ar y ddyfais',
  'vault.noStorageSays':
    'Felly nid yw drafftiau na gweithio heb signal yn bosibl yn y ffenestr hon. Defnyddiwch ffenestr arferol (nid un breifat) neu borwr arall.',
  'vault.mine': 'Chi yn unig biau’r drafftiau hyn. Nid yw cydweithiwr sy’n mewngofnodi ar y ddyfais hon yn eu gweld.',
  'vault.persistWhy': 'Mae Attune yn gofyn i’r porwr gadw ei storfa, fel na chaiff drafftiau eu clirio ar eu pennau eu hunain.',
  'signOut.title': 'Allgofnodi',
  'signOut.says': 'Gallwch fewngofnodi eto unrhyw bryd.',
  'signOut.kept': ({ drafts: d, waiting }: { drafts: number; waiting: number }) =>
    `Ar y ddyfais hon mae ${drafts(d)} a ${records(waiting)} yn aros i’w hanfon. Maent yn aros dan sêl nes i chi ddod yn ôl.`,
  'signOut.keep': 'Allgofnodi a’u cadw dan sêl',
  'signOut.wipe': 'Allgofnodi a dileu popeth o’r ddyfais hon',
  'signOut.go': 'Allgofnodi',
  'signOut.stay': 'Aros wedi mewngofnodi',
  'signOut.done': 'Rydych wedi allgofnodi.',
}
