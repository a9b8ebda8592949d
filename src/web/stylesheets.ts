import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { transform } from 'lightningcss'

/**
 * The stylesheets as they are served, minified: what every page of a side needs comes as one, so that a page waits for
 * one of them; what only some pages need comes besides.
 */
export function stylesheets(folder: string): Map<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.css'))
  const files = new Map(names.map((name) => [name, minified(name, readFileSync(resolve(folder, name)))]))
  const bundles = Object.entries(BUNDLES).map(
    ([name, parts]) => [name, parts.map((part) => files.get(part)!).join('')] as const,
  )
  return new Map([...files, ...bundles])
}

/** What both sides begin with. The order counts: a later file may refine what an earlier one says. */
const SHARED = ['tokens.css', 'base.css', 'layout.css', 'button.css', 'banner.css', 'form.css', 'list.css']

/** What the pages load by these names, and the files that it is made of. */
export const BUNDLES: Readonly<Record<string, readonly string[]>> = {
  'pages.css': [...SHARED, 'survey.css'],
  'notice-page.css': ['flow.css', 'parts.css', 'notice.css'],
  'receipt-page.css': ['flow.css', 'change.css', 'receipt.css'],
  'office.css': [
    ...SHARED,
    'table.css',
    'tag.css',
    'admin.css',
    'frame.css',
    'filter.css',
    'fold.css',
    'data-table.css',
    'cells.css',
    'cards.css',
    'seats.css',
    'todo.css',
  ],
}

function minified(filename: string, code: Buffer): string {
  return Buffer.from(transform({ filename, code, minify: true }).code).toString()
}
