// Every issue there is. Each message says what is wrong and what to write instead; {words} are filled in where the issue is found.

const cases = {
  'file-unreadable': 'This file is damaged, or is no .xlsx workbook. Open it in a spreadsheet program, save it again as .xlsx, and try once more.',
  'file-quotes': 'A quotation mark in this file is opened and never closed. Save it again as CSV from a spreadsheet program.',
  'too-many-rows': "The sheet '{sheet}' has more than {most} rows. Split the form, or keep long lists in a file and use 'select_one_from_file'.",
  'survey-sheet-missing': "There is no sheet named 'survey'. Name the sheet with the questions 'survey'.{similar}",
  'sheet-name-similar':
    "There is no sheet named '{name}', but there is {similar}. Rename it to '{name}', or put an underscore in front of its name if it is not part of the form.",
  'header-missing': "The column '{header}' is missing. Add a column with the header '{header}'.",
  'header-twice': "The columns '{earlier}' and '{header}' mean the same thing. Keep one of them.",
  'formula-error': 'This cell shows {text}: its formula went wrong. Repair the formula, or write the text itself.',
  'choices-header-not-allowed':
    "The column '{header}' is left out, because its header cannot name a value. Use letters, digits and underscores, no spaces and no single colon; a language is written label::French (fr).",
  'form-id-twice': "The settings have both 'form_id' and 'id_string'. 'form_id' is used; remove the column 'id_string'.",
  'public-key-unsupported':
    "A form with a 'public_key' is not accepted here: answers would be sent without encryption although the form promises it. Remove the column; answers are encrypted on the server.",

  'type-missing': "This row has a name or a label but no type. Write a type such as 'text' or 'select_one list', or clear the row.",
  'type-unknown':
    "There is no question type '{type}'.{similar} Check the spelling; common types are text, integer, decimal, date, select_one, select_multiple, note and calculate.",
  'type-retired': "Phones no longer give '{type}', so the answer stays empty. Use 'deviceid', or remove the row.",
  'osm-unsupported': "Questions of the type 'osm' are not supported. Use 'geopoint', 'geotrace' or 'geoshape'.",
  'loop-unsupported': "'begin loop' is not supported. Write 'begin repeat', or one group for each choice.",
  'external-select-unsupported':
    "'select_one_external' is not supported. Write 'select_one list' with a choice_filter, or 'select_one_from_file list.csv'.",
  'search-unsupported':
    "The appearance search() is not supported: it would show the names of columns as answers. Write 'select_one_from_file file.csv' with a choice_filter.",
  'row-skipped': 'This row has neither a type nor a name nor a label, so it is skipped. Clear it, or give it a type.',
  'disabled-column': "The column 'disabled' is not part of XLSForm. Rows that say yes are left out; better remove them, or use 'relevant'.",

  'name-missing': "This row has no name. Write a short name without spaces in the column 'name'.",
  'name-not-allowed':
    "'{name}' cannot be used as a name. Start with a letter or an underscore; go on with letters, digits, underscores, hyphens or full stops; no spaces.",
  'name-prefix-unknown':
    "The prefix in '{name}' is not declared. Write the name without a colon, or declare the prefix in the settings column 'namespaces'.",
  'attribute-not-allowed': "'{name}' cannot name an attribute. Use letters, digits, underscores and hyphens, and no spaces.",
  'name-twice': "The name '{name}' is already used in row {earlier} of the same group. Give every question its own name.",
  'name-nearly-twice':
    "The name '{name}' differs from another one only in capitals. Some programs cannot tell them apart; better choose another name.",
  'name-meta': "The name 'meta' is kept for what the form notes by itself. Choose another name.",
  'generated-name-taken': "This row needs the name '{name}' for a question of its own, but row {earlier} has it. Rename the other question.",
  'repeat-name-is-root': "A repeat cannot be named '{name}', because the record as a whole has that name. Choose another name.",
  'repeat-name-twice': "There is already a repeat named '{name}'. Each repeat of a form needs its own name.",
  'audit-name': "A row of the type 'audit' is always named 'audit'. Clear the name '{name}'.",

  'begin-without-end': "The {kind} '{name}' begins here but never ends. Add a row 'end {kind}' after its last question.",
  'end-without-begin': "There is no open {kind} to end here. {open} Remove this row, or add 'begin {kind}' above.",
  'too-deep': 'Groups are nested more than {deepest} deep. Use fewer levels.',
  'group-empty': "The group '{name}' holds no questions, so it is not shown. Add one, or remove the rows that begin and end it.",
  'label-missing': "The question '{name}' has neither a label nor a hint, so nobody could read it. Write its words in the column 'label'.",
  'guidance-alone': "The question '{name}' has only a guidance hint, which may be hidden. Write its words in the column 'label'.",
  'repeat-without-label': "The repeat '{name}' has no label. Write in the column 'label' what each round is about.",
  'big-image-alone': "'big-image' of the question '{name}' needs a small picture as well. Fill the column 'image'.",
  'media-unknown': "There is no kind of media called '{kind}'. Use image, big-image, audio or video.",
  'calculation-missing': "A row of the type 'calculate' needs an expression in the column 'calculation'.",

  'parameters-not-pairs': "Parameters are pairs such as 'start=0 end=10', with no spaces around the equals sign's words. Rewrite this cell as pairs.",
  'parameter-unknown': "The type '{type}' has no parameter {unknown}. It has: {accepted}.",
  'parameter-not-one-of': "The parameter '{name}' cannot be '{value}'. Write one of: {allowed}.",
  'parameter-not-whole': "The parameter '{name}' must be a whole number that is not below zero.",
  'parameter-not-number': "The parameter '{name}' must be a number.",
  'image-without-max-pixels': "Large pictures take long to send. Write 'max-pixels=1024' (or another number) in the column 'parameters'.",
  'app-name-not-allowed':
    "'{app}' is no name of an Android app. It has two or more parts joined by full stops, each starting with a letter, such as 'org.example.camera'.",
  'audit-location-incomplete': 'To note places in the audit, give all three: location-priority, location-min-interval and location-max-age.',
  'audit-location-too-old': "'location-max-age' must not be smaller than 'location-min-interval'.",
  'range-zero': "The parameter '{name}' must not be zero.",
  'range-too-large': "The parameter '{name}' is larger than the whole range from start to end. Make it smaller.",
  'range-not-multiple': "The parameter '{name}' must be a multiple of 'step', counted from 'start'.",
  'range-outside': "The parameter '{name}' must lie between 'start' and 'end'.",
  'range-appearance': "{names} cannot be used with the appearance '{appearance}'. Clear the appearance, or use 'vertical' or 'no-ticks'.",
  'range-labels-missing': "There is no choice list '{list}' for 'tick_labelset'. Write the name of a list of the sheet 'choices'.",
  'range-label-not-number': "Choice '{name}' of the list '{list}' labels a tick, so its name must be a number.",
  'range-label-outside': "Choice '{name}' of the list '{list}' lies outside 'start' and 'end'.",
  'range-label-off-tick': "Choice '{name}' of the list '{list}' stands between two ticks. Use 'start' plus a multiple of '{by}'.",
  'range-labels-without-ticks':
    "Without ticks only the two ends have labels. Give the list '{list}' exactly two choices, named by 'start' and 'end'.",
  'geometry-target-unknown': "'reference-geometry' names '{target}', which is no choice list, entity list, attached file or repeat of this form.",
  'background-geopoint-trigger': "A row of the type 'background-geopoint' needs a question in the column 'trigger', such as ${name}.",
  'background-geopoint-calculation': "A row of the type 'background-geopoint' must not have a calculation. Clear the cell.",

  'choices-sheet-missing':
    "The list '{list}' is not there, because the form has no sheet 'choices' with choices in it. Add one with the columns list_name, name and label. {similar}",
  'list-missing': "There is no choice list '{list}' on the sheet 'choices'.{similar} Add it, or use one of: {known}.",
  'choice-name-missing': "This choice has no name. Write a short name without spaces in the column 'name'.",
  'choice-label-missing': "The choice '{name}' has no label. Write in the column 'label' what people shall read.",
  'choice-name-twice':
    "The list '{list}' already has a choice named '{name}' in row {earlier}. Give each choice its own name, or set allow_choice_duplicates to yes in the settings.",
  'choice-name-space':
    "'{name}' of the list '{list}' has a space in it. Where several choices may be ticked, names must have no spaces: use an underscore.",
  'select-file-extension': "'{file}' is no file this type can read. Write a file name that ends in .csv, .xml or .geojson.",
  'choices-of-same-round':
    "The choices would be answers to '{name}' in the same round of the repeat, of which there is only one. Move this question out of the inner repeat.",
  'file-missing': "The file '{file}' is not there. Add it to the form under exactly this name.",
  'file-column-missing':
    "The file '{file}' has no column '{column}'. It has: {columns}. Write '{parameter}=' and the right column in the column 'parameters', or rename the column.",
  'or-other-with-filter': "'or_other' does not go with a choice_filter. Add a choice 'other' and a text question for it instead.",
  'or-other-without-list': "'or_other' needs a list of the sheet 'choices'; '{list}' is not one.",
  'or-other-untranslated':
    "'or_other' adds the English word 'Other' in every language. Better add a choice 'other' with its own labels, and a text question for it.",
  'seed-without-randomize': "'seed' only works with 'randomize=true'. Add that, or remove 'seed'.",
  'seed-not-number': "'seed' must be a number or a question such as ${name}, not '{seed}'.",
  'table-list-with-filter': 'In a table-list group the first select cannot have a choice_filter. Clear it.',
  'table-list-other-list': "All selects of a table-list group share one list: this group uses '{list}', this row '{other}'.",
  'instance-twice': "'{id}' already stands for {earlier}. Give the list or file another name.",

  'entities-header-unknown': "The sheet 'entities' has no column '{header}'. It has: list_name, label, entity_id, create_if, update_if.",
  'entity-list-missing': "This row has no list name. Write the name of the entity list in the column 'list_name'.",
  'entity-list-twice': "The entity list '{list}' is declared twice. Keep one row for each list.",
  'entity-name-reserved': "'{name}' starts with two underscores, which are kept for the server. Choose another name.",
  'entity-name-dot': "The entity list '{name}' has a full stop in its name. Use an underscore.",
  'entity-id-missing': "To update the list '{list}', say which entity: fill 'entity_id'. To make new ones only, move the condition to 'create_if'.",
  'entity-update-if-missing':
    "The list '{list}' has both 'entity_id' and 'create_if', so it also needs 'update_if', to tell when to update. Or clear 'entity_id' to make new ones only.",
  'entity-label-missing': "New entities of the list '{list}' need a name for people. Fill 'label', for example with ${name}.",
  'entity-scope':
    "The list '{list}' uses '{question}' of {scope} together with questions of {other}, which is another repeat. Copy one value into the other place with a 'calculate' row and use that.",
  'entity-place':
    "There is no group or repeat left for the list '{list}', because '{other}' (row {row}) already has its place. Put the questions of each list into a group of their own.",
  'saveto-without-entities': "'save_to' needs an entity list. Add a sheet 'entities' with a row for it, or clear the cell.",
  'saveto-group': "A group or repeat cannot be saved to an entity. Move 'save_to' to a question inside it.",
  'saveto-signs': "'{name}' has more than one #. Write 'list#property'.",
  'saveto-list-missing': "There are several entity lists ({lists}), so say which one: write 'list#{name}'.",
  'saveto-list-unknown': "There is no entity list '{list}' on the sheet 'entities'. There are: {lists}.",
  'saveto-reserved-word': "A property cannot be called '{name}': that word is kept for the entity itself. Choose another name.",
  'saveto-twice': "The property '{name}' is already saved from row {earlier}. Save each property once.",
  'saveto-scope':
    "'{question}' of {scope} cannot be saved to the list '{list}', which belongs to {other}. Copy the value there with a 'calculate' row and save that.",

  'reference-broken': "'{text}' holds a reference that is not written as ${name}. Start with ${, then the name of a question, then }.",
  'reference-unknown': "There is no question named '{name}'.{similar} Check the spelling, or add the question to the sheet 'survey'.",
  'reference-ambiguous': "{times} questions are named '{name}', so it is not clear which is meant. Give them different names.",
  'reference-circle': 'These depend on each other in a circle, so none can be computed: {circle}. Take one of the references out.',
  'reference-to-itself': "'{name}' depends on itself. Phones refuse such a form; use once() or a second question instead.",
  'reference-to-container':
    "'{name}' is the group this stands in, so its value would hold this very answer. Name one of its questions, or write count(${name}) or position(..).",
  'media-with-answer':
    'The name of a picture, sound or film cannot hold an answer: the form would not open in a browser. Use one file name, and separate notes with "relevant".',
  'default-not-choice': "'{name}' is no choice of the list '{list}', so the default would be dropped. Write the name of a choice.",
  'default-not-type': "'{text}' cannot be the answer to a question of the type '{type}', so the default would be dropped.",
  'expression-unreadable': "This expression cannot be read from '{near}' on: {text}. Check for missing brackets, quotes or operators.",
  'function-unknown': 'There is no function {name}(). Check the spelling; the form would not open.',
  'function-arguments': '{name}() takes {wanted} arguments, not {given}. Check the commas and brackets.',
  'trigger-comma': 'Put a comma between the questions of a trigger: ${first}, ${second}.',
  'trigger-not-shown': "'{trigger}' is never shown, so nobody can change it and '{name}' would never be computed. Use a question that people answer.",

  'trigger-never-changes':
    "'{trigger}' is not shown, so nobody can change it and '{name}' is never computed anew. Use a question that people answer.",
  'translation-missing': 'Some languages lack texts that others have. Add these columns: {missing}.',
  'language-without-code': "These languages have no code that computers know: {languages}. Write the code in brackets, such as 'Français (fr)'.",
} as const

export type IssueCode = keyof typeof cases

/** The message of each code. */
export const messages: { readonly [code in IssueCode]: string } = cases

/** Codes that warn only; all others stop the form. */
export const warnings: ReadonlySet<IssueCode> = new Set<IssueCode>([
  'sheet-name-similar',
  'choices-header-not-allowed',
  'form-id-twice',
  'type-retired',
  'row-skipped',
  'disabled-column',
  'name-nearly-twice',
  'repeat-without-label',
  'group-empty',
  'image-without-max-pixels',
  'choice-label-missing',
  'or-other-untranslated',
  'translation-missing',
  'language-without-code',
  'reference-to-itself',
  'trigger-never-changes',
  'default-not-choice',
  'default-not-type',
  'formula-error',
])
