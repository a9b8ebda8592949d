/**
 * How much longer work takes for a text that is twice as long: the one thing that the tests time. Below some
 * milliseconds nothing is compared, and a ratio counts only when it shows three times.
 */

/** One of each class of character that rules for text tell apart. */
export const CHARACTER_CLASSES: Readonly<Record<string, string>> = {
  space: ' ',
  tab: '\t',
  'no-break space': '\u00a0',
  'ideographic space': '\u3000',
  'line feed': '\n',
  'line end of Windows': '\r\n',
  hyphen: '-',
  'long vowel': 'ー',
  dot: '.',
  digit: '1',
  'full-width digit': '１',
  letter: 'a',
  kana: 'ア',
  'half-width kana': 'ｶ',
  'half-width voiced mark': 'ﾞ',
  hiragana: 'か',
  kanji: '郡',
  'combining mark': '\u0301',
  'two kinds of combining marks': '\u0301\u0316',
  'marks among half-width ones': '\u0301ﾞ',
  'kana mark': '\u3099',
  quote: '"',
  'letter in quotes': '"a"',
  apostrophe: "'",
  'zero-width space': '\u200b',
  comma: ',',
  slash: '/',
  'way up': '/..',
  equals: '=',
  at: '@',
  bracket: '[',
  less: '<',
  backslash: '\\',
  'compatible form': '㈳',
  'long compatible form': '\ufdfa',
  'outside CP932': '😀',
  'half a pair': '\ud800',
  syllable: '\u1100\u1161',
}

/** A run of a character alone, at the start, inside and at the end of a text. */
export const PLACES = [
  ['', ''],
  ['', 'b'],
  ['a', 'b'],
  ['a', ''],
] as const

export function runOf(character: string, length: number): string {
  return character.repeat(Math.ceil(length / character.length))
}

/** Milliseconds below which a duration says nothing. */
const FLOOR = 8
/** Milliseconds from which one measurement says enough. */
const UNMISTAKABLE = 200

interface GrowthOptions {
  /** Characters of the longer one of the two texts. */
  longest: number
  floor?: number
}

/** @returns how the time grows where twice the length takes more than three times as long; else null */
export async function superlinear(
  work: (text: string) => unknown,
  textOf: (length: number) => string,
  { longest, floor = FLOOR }: GrowthOptions,
): Promise<string | null> {
  const [half, whole] = [textOf(longest / 2), textOf(longest)]
  let shown = ''
  for (let tries = 0; tries < 3; tries += 1) {
    const first = await millisecondsOf(work, whole)
    if (first < floor) return null
    const [before, after] =
      first > UNMISTAKABLE
        ? [await millisecondsOf(work, half), first]
        : [await medianOfFive(work, half), await medianOfFive(work, whole)]
    if (after < floor || after <= 3 * before) return null
    shown = `${before.toFixed(1)} → ${after.toFixed(1)} ms`
  }
  return shown
}

async function medianOfFive(work: (text: string) => unknown, text: string): Promise<number> {
  const durations: number[] = []
  for (let runs = 0; runs < 5; runs += 1) durations.push(await millisecondsOf(work, text))
  return durations.sort((a, b) => a - b)[2]!
}

/** Of this thread alone: what else the machine does does not count. */
async function millisecondsOf(work: (text: string) => unknown, text: string): Promise<number> {
  const before = process.threadCpuUsage()
  await work(text)
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1_000
}

/** Milliseconds in which even a busy machine answers what plain text would be answered in. */
const REQUEST_FLOOR = 60

/** Bytes of a form, just below what the program takes. */
const LARGEST_FORM = 256 * 1024 - 2_048

interface TypedFields {
  /** Their names: the text is shared out among them. */
  typed: readonly string[]
  /** What else the page sends. */
  rest: Record<string, string>
}

/**
 * Sends a form with as much text as the program takes, of each class of character.
 * @returns the classes whose answer takes more than three times as long as that to plain letters
 */
export async function slowForms(
  fields: TypedFields,
  send: (payload: string) => unknown,
  classes: readonly string[] = UNLIKE_EACH_OTHER,
): Promise<string[]> {
  const found: string[] = []
  for (const name of classes) {
    const slow = await slowerThanPlain(send, (text) => formOf(fields, text), CHARACTER_CLASSES[name]!)
    if (slow) found.push(`${name}: ${slow}`)
    if (found.length > 2) return found
  }
  return found
}

/** For the many forms of one kind. */
const UNLIKE_EACH_OTHER = [
  'space',
  'no-break space',
  'ideographic space',
  'line feed',
  'hyphen',
  'dot',
  'digit',
  'kana',
  'two kinds of combining marks',
  'marks among half-width ones',
  'quote',
  'zero-width space',
  'comma',
  'equals',
  'at',
  'half a pair',
]

async function slowerThanPlain(
  send: (payload: string) => unknown,
  payloadOf: (character: string) => string,
  character: string,
): Promise<string | null> {
  const payload = payloadOf(character)
  let shown = ''
  for (let tries = 0; tries < 3; tries += 1) {
    const first = await millisecondsOf(send, payload)
    if (first < REQUEST_FLOOR) return null
    const plain = Math.max(
      await medianOfFive(send, payloadOf('a')),
      await medianOfFive(send, payloadOf('あ')),
    )
    // Nobody has to wait for five more of these.
    if (first > 30 * Math.max(plain, REQUEST_FLOOR)) return `${first.toFixed(0)} ms`
    const median = await medianOfFive(send, payload)
    if (median < REQUEST_FLOOR || median <= 3 * plain) return null
    shown = `${median.toFixed(0)} ms, plain text ${plain.toFixed(0)} ms`
  }
  return shown
}

/** Bytes as they are, where a form may hold them: so the text is the longest. */
function formOf({ typed, rest }: TypedFields, character: string): string {
  const written = character.replace(/[&+%=]/g, encodeURIComponent).replaceAll(' ', '+')
  const share = LARGEST_FORM / typed.length - 100
  const run = written.repeat(Math.floor(share / Buffer.byteLength(written)))
  const others = Object.entries(rest).filter(([name]) => !typed.includes(name))
  return [new URLSearchParams(others).toString(), ...typed.map((name) => `${name}=a${run}b`)].join('&')
}
