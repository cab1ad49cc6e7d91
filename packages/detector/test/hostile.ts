// What somebody could paste to make a detector slow: one piece, repeated. Used by the test of linear time and by `npm run bench:detector`.
export const hostilePieces: readonly string[] = [
  ...['a', 'A', 'Aa', '1', '@', "'", '’', '-', '.', '/', '+', '(', ' ', '\n', '\t', '“', '\u0301', 'é', 'ł', '😀', '𝒜', '\u200b'],
  ...['Mary ', 'mary ', 'MARY ', 'Mary and ', 'Mary, ', 'A. ', 'A.', 'Mr ', 'Mr and Mrs ', 'Aa-', 'a-', "Ab's ", 'Aaaa Bbbb ', 'Zxq ', 'zxqv '],
  ...['St ', "St Mary's ", 'at St ', 'Church of ', 'of the ', 'royal ', 'ysgol y ', 'School ', 'a school ', 'works at The '],
  ...['a.a.a@', 'a@', 'a.b.c.', 'amy at gmail dot ', 'facebook is ', 'insta ', 'http://', 'www.', 'one two '],
  ...['ref no id ', 'case number is ', 'nhs 1 ', 'a1-', '1-', '1/', '01 ', '07700 ', '(0', 'AB 12 '],
  ...[
    '1 A ',
    '12 the ',
    'flat 1 ',
    '3 Heol y ',
    'lives in ',
    'LS1 ',
    'ls1 4ap ',
    'dob ',
    'born on ',
    'May ',
    '1 may ',
    '1/2/',
    'had ',
    'hiv ',
    'jack and the ',
  ],
  ...['will ', 'May will ', 'is a ', 'her cousin ', 'mum and '],
]

export const hostileText = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length)
