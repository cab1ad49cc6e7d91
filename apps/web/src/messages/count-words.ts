/** A count with its noun, in English: "1 record", "2 records". The count is as it is shown. */
export const countWords = (count: number | string, one: string, more: string): string => `${count} ${String(count) === '1' ? one : more}`
