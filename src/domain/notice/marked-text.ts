/**
 * A text as an officer types it, with the few marks of an office letter: a blank line between paragraphs, ・ before the
 * items of a list, 1. before numbered ones, ■ before the heading of a box, ※ before a remark, **太字**. It can say nothing
 * else, so nothing typed becomes HTML.
 */

export type Inline =
  | { kind: 'text' | 'strong'; text: string }
  /** To a question and answer (Q4), or to an address that stands in the text. */
  | { kind: 'question' | 'address'; text: string; href: string }

/** A line of inline pieces; further ones follow under it. */
type Lines = Inline[][]

export type Block =
  | { kind: 'paragraph' | 'remark'; lines: Lines }
  | { kind: 'list' | 'numbered'; items: Lines[] }
  | { kind: 'box'; heading: string; blocks: Block[] }

/** @param questions the numbers of the questions that are published: only those become links */
export function markedText(text: string, questions: ReadonlySet<number> = new Set()): Block[] {
  const paragraphs = text.split(/\n[ \t\u3000]*(?:\n[ \t\u3000]*)+/).filter((each) => each.trim() !== '')
  return paragraphs.flatMap((paragraph) => blocksOf(paragraph.split('\n'), questions))
}

/** Whether a text is marked as it reads: every ** has its other half. @returns what is wrong, or null */
export function markProblem(text: string): string | null {
  const line = text.split('\n').findIndex((each) => each.split('**').length % 2 === 0)
  return line < 0
    ? null
    : `${line + 1}行目の太字の印「**」が対になっていません。太字にする部分の前と後の両方に付けてください。`
}

const ITEM = /^[・･][ \u3000]?/
const NUMBERED = /^[(（]?[0-9０-９]{1,2}[.．)）、][ \u3000]?/
const BOX = /^■[ \u3000]?/
const REMARK = /^※/
/** What begins with a blank goes on with the item above. */
const FURTHER = /^[ \t\u3000]+/

function blocksOf(lines: readonly string[], questions: ReadonlySet<number>): Block[] {
  const [first = '', ...rest] = lines
  if (BOX.test(first))
    return [
      {
        kind: 'box',
        heading: first.replace(BOX, ''),
        blocks: rest.length > 0 ? blocksOf(rest, questions) : [],
      },
    ]
  const blocks: Block[] = []
  for (const line of lines) addLine(blocks, line, questions)
  return blocks
}

/** To the block that it goes on with, or as the first of another. */
function addLine(blocks: Block[], line: string, questions: ReadonlySet<number>): void {
  const last = blocks.at(-1)
  const kind = kindOf(line)
  if (kind === 'list' || kind === 'numbered') {
    const item = [inlineOf(line.replace(kind === 'list' ? ITEM : NUMBERED, ''), questions)]
    if (last?.kind === kind) last.items.push(item)
    else blocks.push({ kind, items: [item] })
    return
  }
  const pieces = inlineOf(line.trim(), questions)
  if (kind === 'further' && last && 'items' in last) last.items.at(-1)!.push(pieces)
  else if (kind !== 'remark' && last && 'lines' in last) last.lines.push(pieces)
  else blocks.push({ kind: kind === 'remark' ? kind : 'paragraph', lines: [pieces] })
}

function kindOf(line: string): 'list' | 'numbered' | 'remark' | 'further' | 'plain' {
  if (ITEM.test(line)) return 'list'
  if (NUMBERED.test(line)) return 'numbered'
  if (REMARK.test(line)) return 'remark'
  return FURTHER.test(line) ? 'further' : 'plain'
}

function inlineOf(line: string, questions: ReadonlySet<number>): Inline[] {
  return line
    .split('**')
    .flatMap((text, place) =>
      place % 2 === 1 ? [{ kind: 'strong' as const, text }] : linksIn(text, questions),
    )
    .filter(({ text }) => text !== '')
}

/** Q4, or an address up to the first character that no address has. */
const LINK = /Q(\d{1,2})(?!\d)|https?:\/\/[\w.~:/?#@!$&'*+,;=%-]*[\w/#=&-]/g

function linksIn(text: string, questions: ReadonlySet<number>): Inline[] {
  const pieces: Inline[] = []
  let end = 0
  for (const match of text.matchAll(LINK)) {
    const [found, number] = match
    if (number !== undefined && !questions.has(Number(number))) continue
    pieces.push({ kind: 'text', text: text.slice(end, match.index) })
    pieces.push(
      number === undefined
        ? { kind: 'address', text: found, href: found }
        : { kind: 'question', text: found, href: `/qa#q${number}` },
    )
    end = match.index + found.length
  }
  return [...pieces, { kind: 'text', text: text.slice(end) }]
}
