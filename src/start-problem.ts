/** What stops a start, for its operator: one line in Japanese, and an exit code of its own (docs/operations.md lists them). */
export class StartProblem extends Error {
  readonly exitCode: number

  constructor(exitCode: number, message: string) {
    super(message)
    this.exitCode = exitCode
  }
}

/** The exit codes of `npm start`, with what each is for; docs/operations.md has a row for each. */
export const START_CODES = {
  /** Anything that has no code of its own; ports. */
  failed: 1,
  environment: 2,
  /** Said by `start/node-version.js`, before any of this is read. */
  node: 3,
  'no-folder': 10,
  'no-file': 11,
  'not-permitted': 12,
  'read-only': 13,
  empty: 14,
  'file-gone': 15,
  /** For commands that only read: a start creates it. */
  missing: 16,
  'not-a-database': 20,
  'other-application': 21,
  newer: 22,
  'unknown-schema': 23,
  truncated: 24,
  corrupt: 25,
  'damaged-log': 26,
  'foreign-log': 27,
  'no-room': 30,
  busy: 31,
  'being-replaced': 32,
  'open-elsewhere': 33,
  'session-secret': 40,
  'receipt-key': 41,
  'invitation-key': 42,
  'signing-key': 43,
} as const

export type StartCode = keyof typeof START_CODES

/** Those that say that DATABASE_PATH names something else than a survey: for a command a wrong input. */
const WRONG_PATH = new Set<number>(
  (
    [
      'no-folder',
      'no-file',
      'empty',
      'file-gone',
      'missing',
      'not-a-database',
      'other-application',
    ] satisfies StartCode[]
  ).map((code) => START_CODES[code]),
)

export function isWrongPath({ exitCode }: StartProblem): boolean {
  return WRONG_PATH.has(exitCode)
}
