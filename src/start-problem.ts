/** What stops a start, for its operator: one line in Japanese, and an exit code of its own (docs/operations.md lists them). */
export class StartProblem extends Error {
  readonly exitCode: number

  constructor(exitCode: number, message: string) {
    super(message)
    this.exitCode = exitCode
  }
}
