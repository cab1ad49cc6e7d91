// The numbers that the law and the policy's authors leave to the operator. Each carries its unit in its name and a default, and each can be
// changed in policy.yaml without touching code. A value stands here only while something reads it (tools/programme.test.ts). `meaning` ends the
// sentence that begins with the number.

const catalogue = {
  draftKeepDays: [14, 1, 90, 'days that an unsent draft stays on a device'],
  deletionWorkingDays: [14, 1, 20, 'working days in which a request to delete is carried out'],
  rightsReplyMonths: [1, 1, 1, 'calendar months in which any other rights request is answered'],
  rightsExtensionMonths: [2, 0, 2, 'calendar months that may be added to a hard request, with reasons'],
  complaintAcknowledgeDays: [30, 1, 30, 'days in which a complaint is acknowledged'],
  breachRegulatorHours: [72, 1, 72, 'hours in which the regulator is told of a breach'],
  disposalWindowDays: [90, 0, 366, 'days in which records past their time are disposed of'],
  disposalWarningDays: [60, 1, 366, 'days before disposal that a service is warned'],
  disposalExtensionMonthsMaximum: [12, 0, 24, 'months by which a disposal may be put off at most, in writing and with a reason'],
  rightsWarningDays: [5, 1, 14, 'days before a request is due that it is marked as urgent'],
  inactivityPromptMonths: [6, 1, 24, 'months without a record after which a practitioner is asked whether they still take part'],
  auditDueDays: [30, 1, 92, 'days after the end of a quarter in which its audit is closed'],
  auditSamplePercent: [10, 0, 100, 'per cent of unflagged texts that an auditor reads as well'],
  auditSampleTextsMinimum: [20, 0, 1000, 'unflagged texts that an auditor reads at least'],
  correctiveActionDays: [30, 1, 92, 'days in which a corrective action is done'],
  grantReviewMonths: [12, 1, 24, 'months after which each access is looked at again'],
  grantReviewNoticeDays: [30, 1, 90, 'days before an access is looked at again that its review is opened'],
  nomineesPerServiceMaximum: [2, 1, 10, 'people per service who may see its records'],
  nominationKeepDays: [90, 7, 366, 'days after which a nomination that nobody has acted on lapses'],
  sessionsPerEpisodeMinimum: [2, 2, 10, 'sessions that an intervention has at least'],
  wholeServiceRequestMonths: [12, 1, 12, 'months after which a service without data support is reminded to ask for its data'],
  smallCellCount: [5, 3, 50, 'people that a count must reach to be shown'],
  smallCellCountVulnerable: [10, 5, 50, 'people that a count must reach to be shown where children or vulnerable people are concerned'],
  countRoundedTo: [5, 1, 50, 'people to which shown counts are rounded'],
  statisticPairsMinimum: [10, 3, 100, 'pairs of scores that an average or an effect must rest on to be shown'],
  sliceDifferencePeopleMinimum: [10, 3, 100, 'people by which two released cuts of the same data must differ'],
  reportReleaseDays: [14, 0, 92, 'days after the end of a quarter before its numbers are released in reports'],
  reportablePairsMinimum: [30, 10, 1000, 'pairs of scores under which a result is labelled as not reportable'],
  sampleClientsCount: [1000, 30, 1_000_000, 'clients with complete work that a dependable national sample has'],
  sampleYearsMinimum: [4, 1, 20, 'years that a dependable national sample takes at least'],
  offsiteBackupEveryDays: [7, 1, 31, 'days between off-site backups'],
  backupGenerationsKept: [12, 1, 60, 'off-site backups that are kept'],
  platformBackupEveryDays: [1, 1, 1, 'days between backups of the platform'],
  platformBackupGenerationsKept: [14, 2, 60, 'backups of the platform that are kept'],
  backupLateHours: [12, 1, 48, 'hours after which a backup that did not come is late'],
  keysRotateHours: [24, 1, 168, 'hours after an erasure in which old copies of the keys stop opening'],
  logAnchorHours: [1, 1, 24, 'hours between copies of the log’s seal that leave the server'],
  logVerifyEveryDays: [1, 1, 31, 'days between full checks of the log'],
  clientCodeSymbols: [10, 8, 16, 'symbols in a client code made by the form'],
  clientCodeChecksMaximum: [60, 10, 600, 'times that one person may ask within an hour whether a client code was seen before'],
  codeRequestWorkingDays: [3, 0, 20, 'working days in which a service finds a lost client code before the operator is asked'],
  goalsPerClientMaximum: [3, 1, 3, 'goals per client'],
  progressCopyMonths: [48, 12, 120, 'months for which a copy that a practitioner saved can be opened at a later session'],
  progressKeyMonths: [12, 1, 24, 'months after which a device needs its signing key certified again'],
  deviceAttestationMonths: [12, 1, 24, 'months for which a device attestation holds'],
} as const satisfies { readonly [name: string]: readonly [number, number, number, string] }

export type ValueName = keyof typeof catalogue
export type PolicyValues = { readonly [name in ValueName]: number }

export type ValueRule = { readonly name: ValueName; readonly usual: number; readonly least: number; readonly most: number; readonly meaning: string }

/** Every named value with its default, its limits (the law's or plain sense's) and what it means. */
export const valueRules: readonly ValueRule[] = Object.entries(catalogue).map(([name, [usual, least, most, meaning]]) => ({
  name: name as ValueName,
  usual,
  least,
  most,
  meaning,
}))

export function isValueName(word: string): word is ValueName {
  return Object.hasOwn(catalogue, word)
}

/** The defaults, with what the policy says on top. */
export function withValues(chosen: { readonly [name in ValueName]?: number }): PolicyValues {
  return { ...Object.fromEntries(valueRules.map((rule) => [rule.name, rule.usual])), ...chosen } as PolicyValues
}
