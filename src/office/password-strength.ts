import type { ZxcvbnFactory } from '@zxcvbn-ts/core'

/** Guesses beyond 10 to the power of 8: 「safely unguessable」 of zxcvbn, for a login that is throttled. */
const SAFE = 3
/** Who has typed so much is judged by it: the estimate takes longer the more there is. */
const JUDGED = 48
/** Shorter words stand in others by chance. */
const SHORTEST_WORD = 3

/**
 * Whether it is among some 50,000 common passwords, or is made of one, of a row of keys, of a repetition, a date or of
 * this survey's own words (zxcvbn, with the list that comes with it).
 */
export async function isEasilyGuessed(password: string, words: readonly string[]): Promise<boolean> {
  const judge = await estimator()
  const text = [...password].slice(0, JUDGED).join('')
  return judge.check(withoutWords(text, words)).score < SAFE
}

/** 漢字 say much with two characters. Where one of the words stands, no year and no sign beside it counts either. */
function withoutWords(text: string, words: readonly string[]): string {
  const rest = words
    .map((word) => word.toLowerCase())
    .filter((word) => word.length >= SHORTEST_WORD || /^\p{Script=Han}{2,}$/u.test(word))
    .sort((one, other) => other.length - one.length)
    .reduce((left, word) => left.replaceAll(word, ''), text.toLowerCase())
  return rest.length === text.length ? text : rest.replace(/(?:19|20)\d\d|[^\p{L}\p{N}]/gu, '')
}

let loaded: Promise<ZxcvbnFactory> | undefined

/** With the first password that is chosen, not at the start: the list takes memory. */
function estimator(): Promise<ZxcvbnFactory> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
}
