// The words that addresses are made of, and those that say that somebody lives there.
/** Words that end a street's name and little else. */
export const streets = new Set(
  'street st road rd lane ln avenue ave crescent cres terrace terr grove gr gardens gdns mews drive dr close cl court ct parade boulevard rd. wynd ginnel snicket esplanade'.split(
    ' ',
  ),
)

/** Words that end a street's name but mean many other things: they need a number before the name. */
export const looseStreets = new Set(
  'way hill rise walk view row park green place square bank mount wharf quay heights vale brow gate croft fold garth dale side end bridge common field fields meadow meadows lea approach bottom circus cottages drove heath path ridge villas yard pl sq loan brae'.split(
    ' ',
  ),
)

export const homes = new Set(
  'cottage farm lodge manor villa villas bungalow house farmhouse caravan cottages barn towers tower hall flats point grange'.split(' '),
)

export const flatWords = new Set(['flat', 'apartment', 'apt', 'unit', 'room', 'plot', 'caravan', 'pitch', 'maisonette'])

export const livingWords = new Set([
  'lives',
  'live',
  'living',
  'lived',
  'moved',
  'moving',
  'moves',
  'move',
  'staying',
  'stays',
  'stayed',
  'house',
  'home',
  'address',
  'based',
  'resides',
  'residing',
  'placed',
  'placement',
  'housed',
  'rehoused',
  'flat',
  'from',
  'relocated',
  'grew',
  'hometown',
  'family',
  'originally',
  'property',
  'temporary',
  'accommodation',
  'council',
  'visits',
])

export const placing = new Set(['in', 'to', 'at', 'on', 'near', 'from', 'around', 'is', 'outside', 'of'])

export const beforeStreet = new Set([
  'the',
  'our',
  'her',
  'his',
  'their',
  'a',
  'this',
  'that',
  'busy',
  'main',
  'quiet',
  'same',
  'across',
  'cross',
  'long',
  'on',
  'my',
  'rough',
  'back',
  'side',
  'in',
  'of',
  'next',
  'over',
  'down',
  'up',
  'and',
  'every',
  'to',
  'sesame',
  'coronation',
  'high',
  'dead',
])

export const livingVerbs = new Set([
  'stays',
  'stay',
  'stayed',
  'come',
  'originates',
  'lives',
  'live',
  'living',
  'lived',
  'moved',
  'moving',
  'moves',
  'move',
  'staying',
  'resides',
  'residing',
  'housed',
  'rehoused',
  'relocated',
  'placed',
  'based',
  'house',
  'flat',
  'home',
  'born',
  'family',
  'originally',
  'comes',
  'grew',
  'refuge',
  'address',
  'hostel',
])
