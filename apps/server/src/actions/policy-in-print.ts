import type { Policy } from '@attune/policy'
import type { ProgrammeForm } from '@attune/programme'
import type { Attune } from '../attune.ts'
import { pickOpen, readShelf } from './form/form-shelf.ts'

/**
 * The policy that every page is printed from: questions that came with a form version say there what they are for, and the notice and the registers
 * list them with the others.
 */
export async function getPolicyInPrint(attune: Attune): Promise<Policy> {
  return withDeclared(attune.programme.policy, pickOpen(attune, await readShelf(attune)))
}

function withDeclared(policy: Policy, forms: readonly ProgrammeForm[]): Policy {
  const declared = forms.flatMap((form) => form.additions?.fields ?? [])
  const known = new Set(policy.fields.map((field) => `${field.form}/${field.name}`))
  return { ...policy, fields: [...policy.fields, ...declared.filter((field) => !known.has(`${field.form}/${field.name}`))] }
}
