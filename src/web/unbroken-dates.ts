/**
 * A date in the text of a page stays on one line, whichever view prints it: 令和8年12月18日（金）17時05分, 11月27日. What a view prints
 * with `<%= %>` between tags goes through here; in attributes and in elements that hold nothing but text it does not.
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
        kept[index] = { ...part, t: 'r', val: `__eta.f('${opening}'+__eta.e(${part.val})+'${closing}')` }
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

/** @param html escaped text */
export function unbroken(html: string): string {
  if (!html.includes('月')) return html
  return html.replace(DATE, '<span class="nowrap">$&</span>')
}

const DATE =
  /[（「]?(?:(?:(?:令和|平成)(?:元|\d{1,2})年)?\d{1,2}月\d{1,2}日(?:（[日月火水木金土]）)?(?:\d{1,2}時(?:\d{1,2}分)?)?|(?:令和|平成)(?:元|\d{1,2})年\d{1,2}月)[）」、。]?/g

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
