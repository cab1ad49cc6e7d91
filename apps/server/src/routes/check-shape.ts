// Checks requests against their TypeBox schema. Bodies are taken as they are: nothing is coerced, an unknown field is refused. Query words are
// text by nature, so numbers and booleans in them are converted first. What is wrong is told by place and kind, never by value.
import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'

const sentences: Readonly<Record<string, string>> = {
  required: 'is missing',
  additionalProperties: 'is not a field of this request',
  unevaluatedProperties: 'is not a field of this request',
  type: 'is of the wrong kind',
  enum: 'is not one of the listed words',
  const: 'has to be exactly what the contract says',
  pattern: 'does not look as it should',
  minLength: 'is too short',
  maxLength: 'is too long',
  minimum: 'is too small',
  maximum: 'is too large',
  minItems: 'has too few entries',
  maxItems: 'has too many entries',
}

type ShapeError = { keyword: string; instancePath: string; params: Record<string, unknown> }

export const checkShape: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema)
  return (value: unknown) => {
    const given = httpPart === 'body' ? value : Value.Convert(schema, value ?? {})
    if (compiled.Check(given)) return { value: given }
    // An unknown field is told once, by the object that does not know it; the error at its own place would repeat the sender's word.
    const errors = (compiled.Errors(given) as unknown as ShapeError[])
      .filter(({ keyword }) => keyword !== 'boolean')
      .slice(0, 20)
      .map((error) => ({
        keyword: error.keyword,
        instancePath: placeOf(error),
        schemaPath: '',
        params: {},
        message: sentences[error.keyword] ?? 'does not fit',
      }))
    return { error: errors as never }
  }
}

// Names of missing fields are ours. Names of unknown fields are the sender's and could be anything, so they are not repeated.
function placeOf({ keyword, instancePath, params }: ShapeError): string {
  const missing = params['requiredProperties']
  return keyword === 'required' && Array.isArray(missing) ? `${instancePath}/${missing.join(', ')}` : instancePath || '/'
}
