// Personal facts in free text: found on the device and on the server by the same code, without network and without a model to download.
export { detect, type DetectOptions } from './detect.ts'
export { findingTypes, type Finding, type FindingType } from './finding.ts'
