import { readFileSync } from 'node:fs'
import { Marked, type Renderer } from 'marked'
import { programFile } from '../program-files.ts'

const FILE = programFile('docs/selection-in-plain-words.md')

/** 選定の方法, in plain words: a document that is read as it is on a code host too. */
interface PlainWords {
  heading: string
  html: string
}

let known: PlainWords | undefined

/** Made when somebody first asks. */
export function plainWords(): PlainWords {
  known ??= read()
  return known
}

function read(): PlainWords {
  const [first, ...rest] = readFileSync(FILE, 'utf8').split('\n')
  const marked = new Marked({ gfm: true, renderer: { table: tableInRegion } })
  return {
    heading: first!.replace(/^# /, ''),
    html: marked.parse(rest.join('\n'), { async: false }),
  }
}

/** A table is wider than a phone: it scrolls by itself, with its first column as the head of the row. */
function tableInRegion(this: Renderer, token: Parameters<Renderer['table']>[0]): string {
  const cells = (row: typeof token.header, tag: (index: number) => string) =>
    row.map(
      ({ tokens }, index) =>
        `<${tag(index)}>${this.parser.parseInline(tokens)}</${tag(index).split(' ')[0]}>`,
    )
  const head = cells(token.header, () => 'th scope="col"').join('')
  const rows = token.rows.map(
    (row) => `<tr>${cells(row, (index) => (index === 0 ? 'th scope="row"' : 'td')).join('')}</tr>`,
  )
  const label = token.header.map(({ text }) => text).join('、')
  return `<div role="region" aria-label="${label}" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>\n`
}
