import type { Report } from '@attune/contract'
import { uiLanguage } from '../../messages/index.ts'

/** A choice of the form in the language in use, where the form has it. */
export const sayChoice = ({ label, labels }: Pick<Report['helped'][number], 'label' | 'labels'>): string => labels[uiLanguage()] ?? label
