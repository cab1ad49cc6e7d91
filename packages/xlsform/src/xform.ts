import { checkLanguageNames } from './check-translations.ts'
import type { Form } from './compile.ts'
import type { IssueList } from './issues.ts'
import { toDeclarations } from './namespaces.ts'
import { toPathWriter } from './expressions/reference-paths.ts'
import { toSecondaryInstances } from './secondary-instances.ts'
import { toItext, toTranslations } from './translations.ts'
import { toTriggered } from './triggers.ts'
import { toBinds } from './write-binds.ts'
import { toControls } from './write-body.ts'
import { toPrimaryInstance } from './write-instance.ts'
import { element, toXml, type XmlElement } from './xml.ts'

/** The XForm as XML text, after ODK XForms 1.0. */
export function toXForm({ table, settings, choices, survey, nodes, find, files, entitiesVersion, prefixes }: Form, issues: IssueList): string {
  const { root } = survey
  const toPath = toPathWriter(find)
  const lists = [...choices.lists.values()]
  const translations = toTranslations(nodes, lists, settings.defaultLanguage)
  checkLanguageNames(translations.keys(), issues)
  const submission = Object.values(settings.submission).some((value) => value !== undefined) ? [element('submission', settings.submission)] : []
  const model = element('model', { 'odk:xforms-version': '1.0.0', 'entities:entities-version': entitiesVersion }, [
    ...submission,
    ...(translations.size === 0 ? [] : [toItext(translations, settings.defaultLanguage, toPath)]),
    toPrimaryInstance(root, settings, toPath),
    ...toSecondaryInstances(files, lists, issues),
    ...toBinds(nodes, toPath),
  ])
  const body = toControls(root, { lists: choices.lists, triggered: toTriggered(nodes), toPath, table, issues })
  const html: XmlElement = element(
    'h:html',
    toDeclarations(settings.namespaces, entitiesVersion === undefined ? prefixes : new Set([...prefixes, 'entities'])),
    [
      element('h:head', {}, [element('h:title', {}, [settings.title]), model]),
      element('h:body', { class: settings.style === '' ? undefined : settings.style }, body),
    ],
  )
  return toXml(html)
}
