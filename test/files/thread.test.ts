import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readGmisFile } from '../../src/files/gmis/gmis.ts'
import { readHospitalFile } from '../../src/files/hospitals/file.ts'
import { readOrderSheet } from '../../src/files/reports/order-sheet.ts'
import { inThread } from '../../src/files/thread/in-thread.ts'
import { sheetOf, toXlsx, xlsxOf } from '../../src/files/xlsx/write.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-thread-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function thread(code: string): URL {
  const file = join(folder, 'thread.mjs')
  writeFileSync(
    file,
    `import { parentPort } from 'node:worker_threads'\nparentPort.once('message', (task) => {${code}})`,
  )
  return pathToFileURL(file)
}

const outcome = (code: string, options = {}) => inThread('job', 1, { thread: thread(code), ...options })
const message = (text: string) => ({ ok: false, message: expect.stringContaining(text) })

describe('a thread', () => {
  test('gives back what it made, a long list in its order', async () => {
    const code = `parentPort.postMessage({ kind: 'part', items: [1, 2] })
parentPort.postMessage({ kind: 'part', items: [3] })
parentPort.postMessage({ kind: 'value', value: { job: task.job, rows: [] }, list: 'rows' })`
    expect(await outcome(code)).toEqual({ ok: true, value: { job: 'job', rows: [1, 2, 3] } })
  })

  test('that does not end is ended, and everybody else is served meanwhile', async () => {
    let served = 0
    const serving = setInterval(() => {
      served += 1
    }, 5)
    expect(await outcome('for (;;);', { deadline: 300 })).toEqual(message('時間がかかりすぎるため'))
    clearInterval(serving)
    expect(served).toBeGreaterThan(5)
  })

  test('that needs more memory than it may have is ended', async () => {
    const code = 'const all = []; for (;;) all.push(new Array(1000).fill(all.length + Math.random()))'
    expect(await outcome(code, { memory: 16 })).toEqual(message('内容が多すぎるため'))
  })

  test('that has ended is handed nothing more', async () => {
    let made = 0
    function* parts() {
      for (; made < 1_000_000; made += 1) yield made
    }
    expect(await outcome('process.exit(1)', { parts: parts() })).toMatchObject({ ok: false })
    const before = made
    for (let turn = 0; turn < 10; turn += 1) await setImmediate()
    expect(made - before).toBeLessThan(2)
  })

  test.each([
    ['goes away', 'process.exit(1)'],
    ['goes away as if all were well', 'process.exit(0)'],
    ['fails where nobody looks', 'setTimeout(() => { throw new Error("x") })'],
  ])('that %s says that nothing was stored', async (_name, code) => {
    expect(await outcome(code)).toEqual(message('何も取り込んでいません。'))
  })

  test('whose job throws throws it to whoever asked', async () => {
    const code = `parentPort.postMessage({ kind: 'error', error: 'a mistake of ours', stack: '' })`
    await expect(outcome(code)).rejects.toThrow('a mistake of ours')
  })

  test('waits for its turn, and all have one', async () => {
    const code = `parentPort.postMessage({ kind: 'value', value: task.input, list: null })`
    const each = Array.from({ length: 5 }, (_, input) => inThread('job', input, { thread: thread(code) }))
    expect(await Promise.all(each)).toEqual([0, 1, 2, 3, 4].map((value) => ({ ok: true, value })))
  })
})

describe('the thread of the jobs', () => {
  const order = { bytes: Buffer.from('順位,医療機関コード\n1,4619900014\n') }
  const started = () => {
    const worker = new Worker('', { eval: true })
    const { threadId } = worker
    return worker.terminate().then(() => threadId)
  }

  test('is kept for the next one, whatever that is', async () => {
    await inThread('order', order)
    const before = await started()
    for (let count = 0; count < 3; count += 1)
      expect(await inThread('order', order)).toMatchObject({ ok: true })
    await expect(inThread('nothing of this name', order)).rejects.toThrow()
    expect(await inThread('order', order)).toMatchObject({ ok: true })
    expect((await started()) - before).toBe(1)
  })

  test('that was ended is used no more', async () => {
    await inThread('order', order)
    const rows = Array.from({ length: 200_000 }, (_, row) => `${row},46199${row}`)
    const long = { bytes: Buffer.from(['順位,医療機関コード', ...rows].join('\n')) }
    const before = await started()
    expect(await inThread('order', long, { deadline: 1 })).toEqual(message('時間がかかりすぎるため'))
    expect(await inThread('order', order)).toMatchObject({ ok: true })
    expect((await started()) - before).toBe(2)
  })
})

test('lists are read in one, whole or refused', async () => {
  const geography = {
    municipalities: [{ code: '201', name: '鹿児島市', region: '鹿児島' }],
    regions: ['鹿児島'],
  }
  const options = { prefectureCode: '46', geography }
  const rows = Array.from({ length: 600 }, (_, index) => `46${100000 + index},架空${index}病院,鹿児島市,50`)
  const sheet = await readHospitalFile(
    Buffer.from(['機関コード,医療機関名,市町村,許可病床数', ...rows].join('\n')),
    options,
  )
  expect(
    sheet.ok && [sheet.hospitals.length, sheet.hospitals[599]!.hospital.name, sheet.hospitals[0]!.open.cut],
  ).toEqual([600, '架空599病院', new Set()])
  const pdf = Buffer.from('%PDF-1.7')
  expect(await readHospitalFile(pdf, options)).toMatchObject({ ok: false, sheet: '' })
  expect(await readGmisFile(pdf, { prefectureCode: '46' })).toMatchObject({ ok: false, sheet: '' })
  expect(
    await readGmisFile(Buffer.from('医療機関コード,Q6\n4619900014,はい\n'), { prefectureCode: '46' }),
  ).toMatchObject({
    ok: true,
    columns: ['Q6'],
    rows: [{ medicalCode: '4619900014' }],
  })
  expect(await readOrderSheet(Buffer.from('順位,医療機関コード\n1,4619900014\n'))).toMatchObject({
    ok: true,
    codes: ['4619900014'],
    rowOf: new Map([['4619900014', 2]]),
  })
})

test('a long list is written in one, byte for byte as a short one would be', async () => {
  const columns = ['a', 'b', 'c'].map((header) => ({ header, value: (row: number) => `${header}${row}` }))
  const dates = { header: '日時', value: () => new Date('2026-04-01T00:00:00Z') }
  const sheets = [
    sheetOf(
      '一覧',
      [...columns, dates],
      Array.from({ length: 1_200 }, (_, row) => row),
    ),
  ]
  expect((await toXlsx(sheets)).equals(await xlsxOf(sheets))).toBe(true)
})
