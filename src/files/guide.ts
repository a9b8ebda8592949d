import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Marked } from 'marked'
import { programFile } from '../program-files.ts'

/** A chapter of a guide, as HTML. */
export interface GuideSection {
  /** In its address: /admin/help/import */
  id: string
  heading: string
  html: string
}

const DOCS = programFile('docs')
/** Where the pictures of the guides lie. */
export const PICTURES_ROOT = resolve(DOCS, 'screenshots')

/** A chapter begins with `<a id="import"></a>` and its heading of the second order. */
const CHAPTER = /^<a id="([a-z-]+)"><\/a>\n## (.+)$/m

type Guide = 'officer-guide' | 'hospital-guide'

/**
 * One of the guides in docs/ja, by its chapters. They are read as they are on a code host too; when somebody first asks, and
 * kept.
 * @param pictures where the pictures are served, without a slash at the end
 */
export function guideChapters(name: Guide, pictures: string): GuideSection[] {
  const key = `${name} ${pictures}`
  const chapters = known.get(key) ?? chaptersOf(name, pictures)
  known.set(key, chapters)
  return chapters
}

const known = new Map<string, GuideSection[]>()

function chaptersOf(name: Guide, pictures: string): GuideSection[] {
  const text = readFileSync(resolve(DOCS, 'ja', `${name}.md`), 'utf8')
  const [, ...parts] = text.split(CHAPTER)
  const chapters = Array.from({ length: parts.length / 3 }, (_, index) =>
    parts.slice(3 * index, 3 * index + 3),
  )
  return chapters.map(([id, heading, body]) => ({
    id: id!,
    heading: heading!.trim(),
    html: htmlOf(body!, pictures),
  }))
}

/** What an officer fills in, at the places that say so, and hands on: the sheet of docs/ja. */
const BLANK = '【記入欄】'

/** セキュリティ対策チェックシート, without its heading; a blank can be seen on paper. */
export function securitySheet(): string {
  const text = readFileSync(resolve(DOCS, 'ja', 'security-sheet.md'), 'utf8')
  const body = text.slice(text.indexOf('\n') + 1)
  const html = new Marked({ gfm: true }).parse(body, { async: false })
  return labelled(html).replaceAll(BLANK, `<span class="security-sheet__blank">${BLANK}</span>`)
}

/** On a phone each row of a table of several columns stands by itself, its cells under the heads of their columns. */
function labelled(html: string): string {
  return html.replace(/<table>.*?<\/table>/gs, (table) => {
    const heads = [...table.matchAll(/<th>(.*?)<\/th>/g)].map(([, head]) => head!)
    if (heads.length < SEVERAL) return table
    return table.replace(/<tr>(?:\s*<td>.*?<\/td>)+/gs, (row) => {
      let column = 0
      return row.replaceAll('<td>', () => `<td data-label="${heads[column++]}">`)
    })
  })
}

const SEVERAL = 3

function htmlOf(body: string, pictures: string): string {
  const marked = new Marked({
    gfm: true,
    walkTokens(token) {
      if (token.type === 'image') token.href = token.href.replace(/^\.\.\/screenshots/, pictures)
      // A chapter of the same guide, or of the other.
      if (token.type === 'link') token.href = token.href.replace(/^(?:officer-guide\.md)?#/, '/admin/help/')
      if (token.type === 'heading') token.depth -= 1
    },
  })
  return marked.parse(body, { async: false })
}
