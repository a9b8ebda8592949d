/** What a command is given instead of the globals, so that it can be run inside a test. */
export interface CommandContext {
  environment: Record<string, string | undefined>
  now: () => Date
  print(line: string): void
  readStdin(): Promise<string>
}

export interface Command {
  /** The line shown for wrong usage. */
  usage: string
  run(args: string[], context: CommandContext): Promise<void>
}

/** Ends a command with one clear line on stderr. */
export class CommandError extends Error {
  /** 1: it could not be done. 2: wrong usage or bad input, and nothing was changed. */
  readonly exitCode: 1 | 2

  constructor(exitCode: 1 | 2, message: string) {
    super(message)
    this.exitCode = exitCode
  }
}

export function badInput(message: string): CommandError {
  return new CommandError(2, message)
}

export function failed(message: string): CommandError {
  return new CommandError(1, message)
}
