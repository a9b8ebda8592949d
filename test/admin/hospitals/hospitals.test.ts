import { beforeEach, describe, expect, test } from 'vitest'
import { parseHospitalFile } from '../../../src/files/hospitals/file.ts'
import { parseCsv } from '../../../src/files/table/csv.ts'
import { decodeText } from '../../../src/files/table/encoding.ts'
import { readTable } from '../../../src/files/table/table.ts'
import { tableRows } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addHospitals } from '../../support/submissions.ts'
import { A, fillWorkbench, LARGE } from '../../support/workbench.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

const office = officeWith()
const browser = office.officer({ role: 'viewer' })

async function names(url: string): Promise<string[]> {
  const page = await browser.page(url)
  expect(htmlFlaws(page), url).toEqual([])
  return [...page.querySelectorAll('.table--data .name')].map((cell) => cell.textContent!)
}

async function csvRows(url: string): Promise<string[][]> {
  const reply = await browser.get(url)
  expect(reply.headers['content-type']).toMatch(/^text\/csv/)
  const decoded = decodeText(reply.rawPayload)
  const parsed = decoded.ok ? parseCsv(decoded.text) : decoded
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.rows
}

describe('the list of hospitals', () => {
  beforeEach(() => fillWorkbench(office.stores))

  test('has every hospital with its answer and what the draft says, by region', async () => {
    const page = await browser.page('/admin/hospitals')
    const rows = tableRows(page.querySelector('[aria-label="病院台帳"] table'))
    expect(rows[0]).toEqual([
      '甲病院',
      '選定',
      'R-0001',
      A,
      '鹿児島',
      '鹿児島市',
      '90',
      '20～99床',
      '救急告示病院、災害拠点病院',
      '未把握',
    ])
    expect(rows.map(([name, , answer, , region]) => [name, region, answer])).toEqual([
      ['甲病院', '鹿児島', 'R-0001'],
      ['乙病院', '鹿児島', 'R-0002'],
      ['丙病院', '鹿児島', 'R-0003'],
      ['戊病院', '鹿児島', 'なし'],
      ['丁病院', '奄美', 'R-0004'],
      ['大病院', '奄美', 'R-0005'],
    ])
  })

  test.each([
    ['q=甲', ['甲病院']],
    ['q=おつびょういん', ['乙病院']],
    ['q=ｵﾂ', ['乙病院']],
    [`q=${LARGE}`, ['大病院']],
    ['q=奄美市 大', ['大病院']],
    ['region=奄美', ['丁病院', '大病院']],
    ['band=large', ['大病院']],
    ['band=none', []],
    ['answered=no', ['戊病院']],
    ['answered=yes&region=奄美&band=small', ['丁病院']],
    ['answered=nonsense&page=99', ['甲病院', '乙病院', '丙病院', '戊病院', '丁病院', '大病院']],
  ])('narrows: %s', async (query, expected) => {
    expect(await names(`/admin/hospitals?${encodeURI(query)}`)).toEqual(expected)
    const [headers, ...rows] = await csvRows(`/admin/hospitals.csv?${encodeURI(query)}`)
    expect(rows.map((row) => row[headers!.indexOf('医療機関名')])).toEqual(expected)
  })

  test.each(['utf-8', 'cp932'])(
    'as a file in %s can be imported again without a change',
    async (encoding) => {
      const reply = await browser.get(`/admin/hospitals.csv?encoding=${encoding}`)
      expect(reply.headers['content-disposition']).toContain(encodeURIComponent('病院台帳.csv'))
      const read = parseHospitalFile(readTable(reply.rawPayload), {
        prefectureCode: '46',
        geography: { municipalities: [], regions: ['鹿児島', '奄美'] },
      })
      if (!read.ok) throw new Error(read.message)
      expect(read.errors).toEqual([])
      const list = { fields: read.fields, hospitals: read.hospitals.map(({ hospital }) => hospital) }
      expect(office.stores.hospitals.compare(list)).toEqual({
        added: 0,
        changed: 0,
        unchanged: 6,
        conflicts: [],
      })
      expect(office.stores.audit.latest(1)).toMatchObject([
        { action: 'hospitals.exported', subject: 'hospitals', detail: { rows: 6, encoding } },
      ])
    },
  )

  test('goes over several pages', async () => {
    const codes = Array.from({ length: 120 }, (_, index) => String(4611000000 + index))
    addHospitals(office.stores, ...codes.map((code) => ({ key: code, name: `多数${code}` })))
    const page = await browser.page('/admin/hospitals?region=鹿児島')
    expect(page.querySelectorAll('.table--data .name')).toHaveLength(100)
    const next = page.querySelector('[rel="next"]')!.getAttribute('href')!
    expect(await names(next)).toHaveLength(24)
    expect(await csvRows(`/admin/hospitals.csv?${encodeURI('region=鹿児島')}`)).toHaveLength(125)
  })
})

test('an empty master is said, not failed on', async () => {
  for (const url of ['/admin/hospitals', '/admin/overrides', '/admin/selection/order']) {
    const page = await browser.page(url)
    expect(htmlFlaws(page), url).toEqual([])
    expect(page.querySelector('h1')).not.toBeNull()
  }
})
