/** An error as the log may have it. */
interface ErrorFacts {
  type: string
  code?: string
  /** Only where it names things of the program; else ''. */
  message: string
  /** The statement with its marks, without what stood for them. */
  query?: string
  /** Where it came about, a line a place. */
  stack: string
  cause?: ErrorFacts
}

/**
 * What kind of error it is and where it came about. Not what it says: drivers and parsers put what they were given into it, an
 * answer or an address.
 */
export function factsOf(error: unknown, depth = 0): ErrorFacts {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' }
  const { code, query, cause } = error as Error & { code?: unknown; query?: unknown }
  return {
    type: error.constructor.name,
    ...(typeof code === 'string' ? { code } : {}),
    message: speaksOfTheProgram(error) ? error.message : '',
    ...(isQueryOfDrizzle(error) && typeof query === 'string' ? { query } : {}),
    stack: placesOf(error),
    ...(cause !== undefined && depth < DEEPEST ? { cause: factsOf(cause, depth + 1) } : {}),
  }
}

const DEEPEST = 4
const MOST_PLACES = 20

/** SQLite names tables and columns, the engine what a line of code calls a thing. Node's own repeat what they were given. */
function speaksOfTheProgram(error: Error): boolean {
  const { name } = error.constructor
  if (name === 'SqliteError') return true
  return (name === 'TypeError' || name === 'ReferenceError') && !('code' in error)
}

function isQueryOfDrizzle(error: Error): boolean {
  return error.constructor.name === 'DrizzleQueryError'
}

/** The message stands in front of the places, and may itself look like one. */
function placesOf({ message, stack = '' }: Error): string {
  const at = stack.indexOf(message)
  const places = at < 0 ? stack : stack.slice(at + message.length)
  return places
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, MOST_PLACES)
    .join('\n')
}
