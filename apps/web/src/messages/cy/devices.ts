export const devices = {
  'devices.title': 'Apiau cysylltiedig',
  'devices.says':
    'Mae Attune yn y porwr yn gweithio heb signal hefyd. Os yw eich gwasanaeth yn casglu gydag ODK Collect neu KoboCollect, cysylltwch yr ap hwnnw yma: mae’n cael ffurflen y sesiwn ac yn anfon cofnodion yn eich enw chi. Ni all ddarllen dim.',
  'devices.connect': 'Cysylltu ap',
  'devices.name': 'Beth yw eich enw ar y ffôn neu’r llechen?',
  'devices.nameHint': 'Er mwyn i chi wybod wedyn pa un i’w ddatgysylltu, er enghraifft “Llechen y tîm”',
  'devices.nameMissing': 'Rhowch enw ar gyfer y ffôn neu’r llechen',
  'devices.connectGo': 'Cysylltu',
  'devices.scan': ({ name }: { name: string }) => `Nawr sganiwch hwn gyda’r ap ar “${name}”`,
  'devices.scanSays':
    'Yn ODK Collect dewiswch “Add project”, yna “Scan QR code”. Mae’r ffurflen yn ymddangos ar ei phen ei hun, ac mae ffurflenni gorffenedig yn cael eu hanfon ar eu pennau eu hunain.',
  'devices.qr': 'Cod sgwâr gyda gosodiadau’r ap',
  'devices.byHand': 'KoboCollect, neu ap na all sganio',
  'devices.byHandSays': 'Teipiwch y tri hyn yng ngosodiadau gweinydd yr ap.',
  'devices.server': 'Cyfeiriad y gweinydd',
  'devices.user': 'Enw defnyddiwr',
  'devices.password': 'Cyfrinair',
  'devices.plain':
    'Treial ar un cyfrifiadur yw hwn: dim ond dros gyfeiriad wedi’i amgryptio (https) y mae ap yn anfon ei gyfrinair, felly ni all gysylltu yma.',
  'devices.onlyNow':
    'Dim ond nawr y dangosir y cod hwn. Gall pwy bynnag sydd ag ef anfon yn eich enw chi, felly peidiwch â’i argraffu na’i anfon ymlaen.',
  'devices.done': 'Rwyf wedi ei sganio',
  'devices.list': 'Eich apiau cysylltiedig',
  'devices.none': 'Nid oes ap wedi’i gysylltu',
  'devices.noneSays': 'Dim ond os ydych yn casglu gydag ODK Collect neu KoboCollect y mae angen un arnoch.',
  'devices.since': ({ when }: { when: string }) => `cysylltwyd ${when}`,
  'devices.used': ({ when }: { when: string }) => `Defnyddiwyd ddiwethaf ${when}`,
  'devices.neverUsed': 'Heb ei ddefnyddio eto',
  'devices.until': ({ when }: { when: string }) => `Yn gweithio tan ${when}`,
  'devices.disconnect': 'Datgysylltu',
  'devices.disconnectNamed': ({ name }: { name: string }) => `Datgysylltu ${name}`,
  'devices.disconnectTitle': ({ name }: { name: string }) => `Datgysylltu “${name}”?`,
  'devices.disconnectSays':
    'Wedyn ni all yr ap nôl ffurflenni nac anfon. Mae’r hyn nad yw wedi’i anfon eto yn aros ar y ffôn a gellir ei anfon ar ôl ei gysylltu eto.',
  'devices.disconnectReadSays':
    'Yna ni all y rhaglen nôl unrhyw gofnodion. Mae’r hyn y mae wedi’i nôl yn aros lle y mae, ac mae’r gwasanaeth yn dal yn atebol amdano.',
  'devices.reads': 'yn darllen cofnodion',
  'devices.disconnectYes': 'Ie, ei ddatgysylltu',
  'devices.disconnectNo': 'Ei gadw',
  'devices.disconnected': ({ name }: { name: string }) => `Mae “${name}” wedi’i ddatgysylltu.`,
  'devices.lacks': 'Yr hyn nad yw ap o’r fath yn ei wneud',
  'devices.lacksSays':
    'Nid yw’n sylwi ar enwau a lleoedd yn yr hyn rydych yn ei ysgrifennu, nid yw’n gwneud copi ar gyfer y sesiwn nesaf, ac mae’r hyn sydd ar ei hanner yn aros ar y ffôn fel y mae’r ap yn ei gadw, heb ei selio gan Attune. Defnyddiwch ef ar ffôn eich gwasanaeth sy’n cloi ei hun yn unig.',
  'devices.titleOfPeople': 'Apiau cysylltiedig eich pobl',
  'devices.saysOfPeople':
    'Ymarferwyr sy’n casglu ag ODK Collect neu KoboCollect, a chymorth data sy’n darllen cofnodion ag Excel neu Power BI, a gysylltodd y rhain. Mae ap yn dod i ben gyda rôl ei berchennog; datgysylltwch un yma ar unwaith pan gollir ffôn.',
  'devices.noneOfPeople': 'Nid oes ap wedi’i gysylltu',
  'devices.noneOfPeopleSays': 'Mae ymarferwyr yn cysylltu ap eu hunain, o’u gosodiadau. Nid oes dim ar goll pan nad oes un.',
}
