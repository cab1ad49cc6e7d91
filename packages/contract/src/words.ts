// Small schemas that several resources are made of.
import { Type, type TSchema, type Static } from 'typebox'
import { roles, type Role } from '@attune/policy'

/** An object that refuses fields it does not know. */
export const closed = <T extends Record<string, TSchema>>(fields: T, options: { description?: string } = {}) =>
  Type.Object(fields, { additionalProperties: false, ...options })

export const Uuid = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' })
export const ServiceId = Type.String({
  pattern: '^[a-z][a-z0-9-]{1,40}$',
  description: 'canonical id of a service that delivers VIG; "operator" is the organisation that runs the programme',
})
export const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', description: 'a calendar day, YYYY-MM-DD' })
export const Instant = Type.String({ description: 'an instant, ISO 8601 in UTC' })
export const Email = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$' })
export const ClientCode = Type.String({ minLength: 3, maxLength: 40 })
export const RoleName = Type.Enum(roles as unknown as Role[])

/** The id that stands for the organisation running the programme where a service id is needed. */
export const operatorServiceId = 'operator'

export const Done = closed({ done: Type.Literal(true) })
export type Done = Static<typeof Done>
