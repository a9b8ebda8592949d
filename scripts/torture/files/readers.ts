import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { zipSync } from 'fflate'
import { verdictOf } from '../../../src/domain/selection/archive/verdict.ts'
import { parseSnapshot } from '../../../src/domain/selection/snapshot.ts'
import { readGeography } from '../../../src/files/geography/municipalities.ts'
import { gmisFileOf } from '../../../src/files/gmis/gmis.ts'
import { hospitalFileOf } from '../../../src/files/hospitals/file.ts'
import { earlierArchiveOf } from '../../../src/files/reports/earlier-archive.ts'
import { orderSheetOf } from '../../../src/files/reports/order-sheet.ts'
import { parseCsv } from '../../../src/files/table/csv.ts'
import { decodeText } from '../../../src/files/table/encoding.ts'
import { xlsxOf } from '../../../src/files/xlsx/write.ts'
import { goldenArchives } from '../../../test/support/archives.ts'
import { bureauSheet } from '../../../test/support/bureau-workbook.ts'

/** Whoever takes a file from outside, with good ones of every form that it reads. */
interface Reader {
  name: string
  /** @returns whether it was taken; what is not is refused in Japanese */
  read(bytes: Buffer): { ok: boolean; message: string }
  samples: readonly Buffer[]
}

const ROOT = resolve(import.meta.dirname, '../../..')
const fixture = (name: string) => readFileSync(resolve(ROOT, 'test/fixtures', name))

export async function readers(): Promise<Reader[]> {
  const options = { prefectureCode: '46', geography: readGeography(resolve(ROOT, 'resources'), '46') }
  const asWorkbook = async (csv: Buffer) => xlsxOf([sheet(csv)])
  const [hospitals, navii, gmis] = [
    fixture('hospital-sheet.cp932.csv'),
    fixture('navii-kagoshima.csv'),
    fixture('gmis-r5.csv'),
  ]
  const order = Buffer.from(
    '順位,医療機関コード,医療機関名,機関コード,ダウンロード時の順位\n1,4610000011,甲病院,,1\n2,4610000029,乙病院,,2\n3,4610000037,丙病院,,3\n',
  )
  const archives = goldenArchives().map(({ bytes }) => bytes)
  const snapshots = archives.flatMap(snapshotIn)
  const bureau = bureauSheet([
    {
      項番: '1',
      都道府県コード: '46',
      都道府県名: '鹿児島',
      区分: '医科',
      医療機関番号: '01,0001,4',
      医療機関名称: '架空病院',
      '医療機関所在地（住所）': '鹿児島市架空町1',
      病床数: '一般　　50',
      受理届出名称: '診療録管理体制加算１',
      受理記号: '診療録１',
      算定開始年月日: '令和 6年 6月 1日',
    },
  ])
  const [headers = [], ...rows] = bureau
  return [
    {
      name: 'hospitals',
      read: (bytes) => outcome(hospitalFileOf(bytes, options)),
      samples: [
        hospitals,
        navii,
        fixture('bureau-kagoshima.csv'),
        await asWorkbook(hospitals),
        await asWorkbook(navii),
        await xlsxOf([{ name: '名簿', headers, rows }]),
      ],
    },
    {
      name: 'GMIS',
      read: (bytes) => outcome(gmisFileOf(bytes, options)),
      samples: [gmis, await asWorkbook(gmis)],
    },
    {
      name: 'order',
      read: (bytes) => outcome(orderSheetOf(bytes)),
      samples: [order, await asWorkbook(order)],
    },
    { name: 'earlier archive', read: (bytes) => outcome(earlierArchiveOf(bytes)), samples: archives },
    { name: 'archive to verify', read: (bytes) => verified(verdictOf(bytes)), samples: archives },
    { name: 'snapshot to select', read: snapshotRead, samples: snapshots },
    {
      name: 'ZIP with the wrong kind of file',
      read: (bytes) => outcome(hospitalFileOf(bytes, options)),
      samples: [Buffer.from(zipSync({ 'a.txt': Buffer.from('a') }))],
    },
  ]
}

function sheet(csv: Buffer) {
  const decoded = decodeText(csv)
  const parsed = decoded.ok ? parseCsv(decoded.text) : decoded
  if (!parsed.ok) throw new Error(parsed.message)
  const [headers = [], ...rows] = parsed.rows
  return { name: '一覧', headers, rows }
}

interface Refusable {
  ok: boolean
  message?: string
  problems?: readonly { message: string }[]
}

function outcome(read: Refusable): { ok: boolean; message: string } {
  return { ok: read.ok, message: read.message ?? read.problems?.[0]?.message ?? '' }
}

function verified(verdict: ReturnType<typeof verdictOf>): { ok: boolean; message: string } {
  return {
    ok: verdict.kind === 'match',
    message: 'text' in verdict ? String(verdict.text) : '保存用一式ではありません。',
  }
}

function snapshotRead(bytes: Buffer): { ok: boolean; message: string } {
  let json: unknown
  try {
    json = JSON.parse(bytes.toString('utf8'))
  } catch {
    return { ok: false, message: 'JSONとして読み取れません。' }
  }
  return outcome(parseSnapshot(json))
}

function snapshotIn(bytes: Buffer): Buffer[] {
  const { snapshot } = JSON.parse(bytes.toString('utf8')) as { snapshot?: unknown }
  return snapshot === undefined ? [] : [Buffer.from(JSON.stringify(snapshot))]
}
