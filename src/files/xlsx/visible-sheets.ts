/** A sheet that whoever opens the workbook can see. */
export interface VisibleSheet {
  /** Among all sheets, from 1. */
  place: number
  name: string
}

/** @param workbook the XML that lists the sheets */
export function visibleSheets(workbook: string): VisibleSheet[] {
  const tags = [...workbook.matchAll(SHEET)]
    .map(([tag]) => tag)
    .filter((tag) => attribute(tag, 'name') !== '')
  return tags.flatMap((tag, index) =>
    HIDDEN.has(attribute(tag, 'state'))
      ? []
      : [{ place: index + 1, name: unescaped(attribute(tag, 'name')) }],
  )
}

const SHEET = /<(?:[^\s/<>:]{0,255}:)?sheet\s(?:"[^"]*"|'[^']*'|[^"'<>])*>/g
const HIDDEN = new Set(['hidden', 'veryHidden'])

function attribute(tag: string, name: 'name' | 'state'): string {
  const [, double, single] = ATTRIBUTES[name].exec(tag) ?? []
  return double ?? single ?? ''
}

const ATTRIBUTES = {
  name: /\sname\s*=\s*(?:"([^"]*)"|'([^']*)')/,
  state: /\sstate\s*=\s*(?:"([^"]*)"|'([^']*)')/,
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&amp;', '&'],
])

function unescaped(text: string): string {
  return text.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES.get(entity)!)
}
