/** Where a command writes to: a stream, or a list in a test. */
export type Writer = { write(text: string): unknown }

/** Writes whole lines. */
export const toLines =
  (writer: Writer) =>
  (line: string): void =>
    void writer.write(`${line}\n`)
