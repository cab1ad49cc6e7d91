// Questions whose choices are parts of a drawing (appearance image-map): every choice needs its part, or nobody can press it there.
import { listColumnsOf, listFileOf, questionsOf, type FormOutline, type QuestionOutline } from '@attune/forms'
import type { GivenFile } from './check-form-files.ts'

type Wrong = { readonly row: number; readonly name: string; readonly message: string }

const shown = 8

/** What keeps the drawings of a form from being chosen from; `name` is the file's, or "image-map" where there is none. */
export function checkImageMaps(outline: FormOutline, files: ReadonlyMap<string, GivenFile>): Wrong[] {
  return questionsOf(outline)
    .filter(({ appearance, type }) => appearance.includes('image-map') && (type === 'select-one' || type === 'select-multiple'))
    .flatMap((question): Wrong[] => {
      const pictures = [...new Set(Object.values(question.media['image'] ?? {}))].filter((name) => name.trim() !== '' && name !== '-')
      if (pictures.length === 0)
        return [
          {
            row: question.row,
            name: 'image-map',
            message: `“${question.name}” is chosen from a drawing, and has none. Name an .svg file in the column media::image, or take image-map away.`,
          },
        ]
      const names = choicesOf(question, outline, files)
      return pictures.flatMap((name): Wrong[] => {
        const file = files.get(name)
        // One that was not handed in, or is no picture, is said elsewhere.
        if (file === undefined) return []
        const wrong = (message: string): Wrong[] => [{ row: question.row, name, message }]
        if (file.parts === undefined)
          return wrong(`“${name}” is a picture of dots, whose parts cannot be told apart. For image-map draw an .svg file.`)
        const parts = new Set(file.parts)
        const missing = names.filter((choice) => !parts.has(choice))
        if (missing.length === 0) return []
        const more = missing.length > shown ? ` and ${missing.length - shown} more` : ''
        return wrong(
          `“${name}” has no part for ${missing
            .slice(0, shown)
            .map((choice) => `“${choice}”`)
            .join(', ')}${more}. Give the shape of each choice its name as id; in drawing programs that is the name of the object or layer.`,
        )
      })
    })
}

function choicesOf(question: QuestionOutline, outline: FormOutline, files: ReadonlyMap<string, GivenFile>): readonly string[] {
  const list = files.get(listFileOf(question) ?? '')?.list
  if (list === undefined) return (outline.choices[question.list ?? ''] ?? []).map(({ name }) => name)
  const at = list.columns.indexOf(listColumnsOf(question).value)
  return at < 0 ? [] : list.rows.map((row) => row[at] ?? '')
}
