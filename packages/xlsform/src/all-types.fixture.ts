/** A form with every question type, in two languages. */
export const allTypes = `
| survey |
|  | type | name | label::English (en) | label::Cymraeg (cy) | hint::English (en) | guidance_hint::English (en) | appearance | relevant | required | constraint | constraint_message::English (en) | calculation | choice_filter | parameters | default | repeat_count | trigger | media::image::English (en) |
|  | start | start | | | | | | | | | | | | | | | | |
|  | end | end | | | | | | | | | | | | | | | | |
|  | today | today | | | | | | | | | | | | | | | | |
|  | deviceid | deviceid | | | | | | | | | | | | | | | | |
|  | username | username | | | | | | | | | | | | | | | | |
|  | hidden | secret | | | | | | | | | | | | | 7 | | | |
|  | note | hello | Welcome | Croeso | | | | | | | | | | | | | | logo.png |
|  | text | first | First word | Gair cyntaf | one word | Ask slowly. | multiline | | yes | string-length(.) < 40 | Too long | | | rows=4 | | | | |
|  | integer | age | Age | Oed | | | | | | . >= 0 and . < 130 | No \${first} is that old | | | | | | | |
|  | decimal | weight | Weight | Pwysau | | | | \${age} > 1 | | | | | | | | | | |
|  | date | day | Day | Dydd | | | month-year | | | | | | | | today() | | | |
|  | time | clock | Time | Amser | | | | | | | | | | | | | | |
|  | dateTime | moment | Moment | Eiliad | | | | | | | | | | | | | | |
|  | select_one yn | agreed | Agreed, \${first}? | Cytuno? | | | likert | | | | | | | randomize=true seed=3 | | | | |
|  | select_multiple fruit or_other | fruits | Fruit | Ffrwyth | | | minimal | | | | | | | | | | | |
|  | select_one fruit | best | Best | Gorau | | | | | | | | | colour = 'red' | | | | | |
|  | rank fruit | order | Order | Trefn | | | | | | | | | | | | | | |
|  | range | scale | Scale | Graddfa | | | | | | | | | | start=0 end=1 step=0.1 | | | | |
|  | acknowledge | ok | Understood | Deall | | | | | | | | | | | | | | |
|  | calculate | twice | | | | | | | | | | \${age} * 2 | | | | | | |
|  | image | photo | Photo | Llun | | | | | | | | | | max-pixels=640 | | | | |
|  | audio | sound | Sound | Sain | | | | | | | | | | quality=low | | | | |
|  | video | film | Film | Ffilm | | | | | | | | | | | | | | |
|  | file | paper | Paper | Papur | | | | | | | | | | | | | | |
|  | barcode | code | Code | Cod | | | | | | | | | | | | | | |
|  | geopoint | place | Place | Lle | | | | | | | | | | capture-accuracy=10 | | | | |
|  | geotrace | path | Path | Llwybr | | | | | | | | | | | | | | |
|  | geoshape | field | Field | Cae | | | | | | | | | | | | | | |
|  | begin_group | inner | Inner | Mewnol | | | field-list | \${agreed} = 'y' | | | | | | | | | | |
|  | text | why | Why | Pam | | | | | | | | | | | | | | |
|  | end_group | inner | | | | | | | | | | | | | | | | |
|  | begin_repeat | child | Child | Plentyn | | | | | | | | | | | | 1 + 1 | | |
|  | text | name | Name | Enw | | | | | | | | | | | | | | |
|  | integer | years | Years of \${name} | Oed | | | | | | | | | | | position(..) | | | |
|  | calculate | next | | | | | | | | | | \${years} + 1 | | | | | | |
|  | begin_repeat | toy | Toy | Tegan | | | | | | | | | | | | | | |
|  | text | what | What | Beth | | | | \${years} < 12 | | | | | | | | | | |
|  | end_repeat | toy | | | | | | | | | | | | | | | | |
|  | end_repeat | child | | | | | | | | | | | | | | | | |
|  | calculate | sum | | | | | | | | | | sum(\${years}) | | | | | | |
|  | text | copy | Copy | Copi | | | | | | | | \${first} | | | | | \${first} | |
|  | begin_group | grid | Grid | Grid | | | table-list | | | | | | | | | | | |
|  | select_one yn | warm | Warm | Cynnes | | | | | | | | | | | | | | |
|  | select_one yn | dry | Dry | Sych | | | | | | | | | | | | | | |
|  | end_group | grid | | | | | | | | | | | | | | | | |
| choices |
|  | list_name | name | label::English (en) | label::Cymraeg (cy) | colour |
|  | yn | y | Yes | Ie | |
|  | yn | n | No | Na | |
|  | fruit | apple | Apple | Afal | red |
|  | fruit | plum | Plum | Eirinen | blue |
| settings |
|  | form_title | form_id | version | default_language | instance_name | style |
|  | All types | all-types | 7 | English (en) | concat(\${first}, ' ', \${age}) | pages |
`
