import type { Part } from './parts.ts'

/** What stands above a document on paper. */
interface Heading {
  title: string
  /** A line each. */
  lines: readonly string[]
}

/** Tables as one page of HTML that opens and prints by itself: no script, nothing from outside. */
export function printedPage({ title, lines }: Heading, parts: readonly Part[]): Buffer {
  const tables = parts.map(({ name, headers, rows }) =>
    [
      name === '' ? '' : `<h2>${escaped(name)}</h2>`,
      `<table><thead><tr>${headers.map((header) => `<th scope="col">${escaped(header)}</th>`).join('')}</tr></thead>`,
      `<tbody>${rows.map((row) => `<tr>${row.map(cellHtml).join('')}</tr>`).join('\n')}</tbody></table>`,
    ].join('\n'),
  )
  const html = [
    '<!doctype html>',
    '<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title><style>${paperOf(parts)}${STYLE}</style></head><body>`,
    `<h1>${escaped(title)}</h1>`,
    ...lines.map((line) => `<p>${escaped(line)}</p>`),
    ...tables,
    '</body></html>',
    '',
  ]
  return Buffer.from(html.join('\n'), 'utf8')
}

/** More columns than A4 has room for go on A3, as in the workbook. */
function paperOf(parts: readonly Part[]): string {
  const isWide = parts.some(({ headers }) => headers.length > 16)
  return isWide
    ? '@page{size:A3 landscape;margin:12mm}@media print{table{font-size:9px!important}}'
    : '@page{size:A4 landscape;margin:12mm}'
}

/** Codes, numbers and what stands for what is taken out are not broken apart, however many columns there are. */
function cellHtml(cell: string): string {
  return SHORT_WORD.test(cell) ? `<td class="w">${escaped(cell)}</td>` : `<td>${escaped(cell)}</td>`
}

const SHORT_WORD = /^(?:.{1,6}|[\w.～-]{1,12}床?)$/

const STYLE = [
  'body{margin:1rem;color:#333;font:14px/1.5 "Noto Sans JP",-apple-system,BlinkMacSystemFont,sans-serif}',
  'h1{font-size:1.25rem;margin:0 0 .5rem}h2{font-size:1rem;margin:1rem 0 .25rem}p{margin:0 0 .25rem}',
  'table{border-collapse:collapse;font-size:12px;margin-top:.5rem}thead{display:table-header-group}tr{break-inside:avoid}',
  'th,td{border:1px solid #767676;padding:.2rem .4rem;text-align:left;vertical-align:top;white-space:pre-line;overflow-wrap:anywhere}',
  'td.w{white-space:nowrap}',
  'th{background:#f2f2f2}@media print{body{margin:0}}',
].join('')

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
