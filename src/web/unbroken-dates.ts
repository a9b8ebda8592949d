/**
 * A date in the text of a page stays on one line, whichever view prints it: 令和8年12月18日（金）17時05分, 11月27日. So does
 * every name that the page has under `it.unbroken`. What a view prints with `<%= %>` between tags goes through here; in
 * attributes and in elements that hold nothing but text it does not.
 */

type Part = string | { t: string; val: string }

/** To the parsed view: each place that is text is filtered by `unbroken`. */
export const unbrokenDates = {
  processAST(parts: Part[]): Part[] {
    const kept = [...parts]
    let place: Place = { isTag: false, plain: null }
    for (const [index, part] of parts.entries()) {
      if (typeof part === 'string') place = placeAfter(part, place)
      else if (part.t === 'i' && !place.isTag && place.plain === null) {
        const opening = takenFrom(kept, index - 1, OPENING)
        const closing = takenFrom(kept, index + 1, CLOSING)
        kept[index] = {
          ...part,
          t: 'r',
          val: `__eta.f('${opening}'+__eta.e(${part.val})+'${closing}', it.unbroken)`,
        }
      }
    }
    return kept
  },
}

/** What may not stand alone at the end or at the beginning of a line goes with the date that it is about. */
const OPENING = /[（「]$/u
const CLOSING = /^[）」、。]/u

function takenFrom(parts: Part[], index: number, sign: RegExp): string {
  const beside = parts[index]
  const taken = typeof beside === 'string' ? (sign.exec(beside)?.[0] ?? '') : ''
  if (taken !== '') parts[index] = (beside as string).replace(sign, '')
  return taken
}

/**
 * @param html escaped text
 * @param names escaped as well
 */
export function unbroken(html: string, names: readonly string[] = []): string {
  if (!html.includes('月') && !names.some((name) => html.includes(name))) return html
  return html.replace(patternOf(names), '<span class="nowrap">$&</span>')
}

const DATE =
  '(?:(?:令和|平成)(?:元|\\d{1,2})年)?\\d{1,2}月\\d{1,2}日(?:（[日月火水木金土]）)?(?:\\d{1,2}時(?:\\d{1,2}分)?)?|(?:令和|平成)(?:元|\\d{1,2})年\\d{1,2}月'

/** By the list of a page, which prints many texts. */
const patterns = new WeakMap<readonly string[], RegExp>()
const DATES = patternFor([])

function patternOf(names: readonly string[]): RegExp {
  if (names.length === 0) return DATES
  const pattern = patterns.get(names) ?? patternFor(names)
  patterns.set(names, pattern)
  return pattern
}

/** Of two names one of which begins the other, the longer. */
function patternFor(names: readonly string[]): RegExp {
  const longestFirst = names.toSorted((a, b) => b.length - a.length).map((name) => RegExp.escape(name))
  return new RegExp(`[（「]?(?:${[DATE, ...longestFirst].join('|')})[）」、。]?`, 'g')
}

interface Place {
  /** Between < and >. */
  isTag: boolean
  /** Within which of the elements that hold text alone. */
  plain: string | null
}

const PLAIN = new Set(['title', 'textarea', 'option', 'script', 'style', 'svg'])

function placeAfter(html: string, before: Place): Place {
  let { isTag, plain } = before
  for (const [, close, name] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)|>/gi)) {
    if (name === undefined) isTag = false
    else if (plain === null) {
      isTag = true
      if (!close && PLAIN.has(name.toLowerCase())) plain = name.toLowerCase()
    } else if (close && name.toLowerCase() === plain) {
      isTag = true
      plain = null
    }
  }
  return { isTag, plain }
}
