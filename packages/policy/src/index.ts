export { addDays, addMonths, addYears, daysBetween, dayWords, isDay, weekdayOf } from './day.ts'
export { actWords, acts, isAct, isSecondFactorNeeded, type Act } from './act.ts'
export { findRule, may, type AccessContext, type Actor } from './access.ts'
export {
  auditDueOn,
  auditSampleSize,
  auditTokenIds,
  categoryOfToken,
  checkSpans,
  daysOfQuarter,
  findingCategories,
  lastQuarterBefore,
  quarterOf,
  replaceSpans,
  textOfToken,
  type AuditSpan,
  type AuditTokenId,
  type FindingCategory,
} from './audit.ts'
export {
  breachKinds,
  breachRisks,
  breachTracks,
  breachTrackStates,
  mayCloseBreach,
  suggestRisk,
  type BreachFacts,
  type BreachKind,
  type BreachRisk,
  type BreachTracks,
  type BreachTrackState,
} from './breach.ts'
export { bankHolidaysOf, type BankHoliday } from './bank-holidays.ts'
export { checkClientCode, codeSymbols, generateClientCode, showClientCode, toClientCode, type RandomBytes } from './client-code.ts'
export { checkCodePattern } from './code-pattern.ts'
export { consentNow, isPurposeCovered, type ConsentEvent, type ConsentNow } from './consent.ts'
export { breachDueAt, deletionDueOn, replyDueOn, rightDueOn, type Pause, type ReplyClock, type RightRequest } from './deadline.ts'
export { allowed, refuse, refused, type Decision, type Refusal } from './decision.ts'
export { sentenceKeys, sentenceOf, sentences, type Said, type SaidValues, type SentenceKey } from './sentences.ts'
export { checkGates, formKinds, gateNames, shutGates, type Attestation, type FormKind, type GateName, type GateState, type ShutGate } from './gate.ts'
export { foresee, foreseenKinds, putOffUntil, type DayCount, type Foreseen, type ForeseenKind, type Foresight, type PutOff } from './foresee.ts'
export { isNhsNumber } from './identity-value.ts'
export * from './policy.ts'
export { checkPurpose, findPurpose } from './purpose.ts'
export {
  addPeriod,
  carriedOutRules,
  disposalDays,
  keepUntil,
  latestEnded,
  mayDispose,
  mayPutOff,
  retentionEnds,
  retentionStarts,
  retentionState,
  type Period,
  type RetentionEnd,
  type RetentionFacts,
  type RetentionRule,
  type RetentionStart,
  type RetentionState,
} from './retention.ts'
export { mayKeepIn } from './region.ts'
export { checkEmailDomain, domainOf, mayBeBusinessEmail } from './business-email.ts'
export { connectors, mayConnect, mayHold, recipientOf, type Connector } from './agreement.ts'
export {
  explainDue,
  identityChecks,
  isRequestOpen,
  mayAgree,
  mayConfirm,
  mayDecide,
  mayExtend,
  mayPause,
  mayResume,
  mayTakeBack,
  needsSecondPerson,
  requestDueOn,
  requestStates,
  requestTypes,
  requestUrgency,
  restrictionGrounds,
  ruleOfRequest,
  treatedAs,
  type IdentityCheck,
  type RequestFacts,
  type RequestState,
  type RequestType,
  type RestrictionGround,
  type Urgency,
} from './request.ts'
export {
  findRight,
  mayUseRight,
  rightClocks,
  rightOutcomes,
  rightTypes,
  type RightClock,
  type RightOutcome,
  type RightRule,
  type RightType,
} from './right.ts'
export { isFreeText, lintCodes, lintForm, type LintCode, type LintedForm, type LintedQuestion, type LintIssue } from './lint/lint-form.ts'
export { findRecallRefusal } from './lint/may-recall.ts'
export { isRole, isServiceRole, roleLabels, roles, serviceRoles, type Role } from './role.ts'
export { isValueName, valueRules, withValues, type PolicyValues, type ValueName, type ValueRule } from './values.ts'
export { isReportPart, partsOf, reportParts, type ReportPart, type ReportSection, type ReportTemplate } from './report-template.ts'
export { scoreTraining, withoutAnswers, type TrainingScore } from './training.ts'
export { addWorkingDays, isWorkingDay, toWorkingDay } from './working-day.ts'
export * from './documents/index.ts'
