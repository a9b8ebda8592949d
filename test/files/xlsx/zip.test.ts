import { Zip, ZipDeflate, zipSync } from 'fflate'
import { afterEach, expect, test } from 'vitest'
import { readZip, writeZip } from '../../../src/files/xlsx/zip.ts'

const FILES = new Map([
  ['xl/workbook.xml', Buffer.from('<workbook/>')],
  ['病院.xml', Buffer.from('試験病院'.repeat(100))],
  ['empty.xml', Buffer.alloc(0)],
])
const LIMIT = 10_000
const everything = () => true
const zone = process.env.TZ
afterEach(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

test('what is written reads back, of which only what is wanted', () => {
  const zip = writeZip(FILES)
  expect(readZip(zip, everything, LIMIT)).toEqual({ ok: true, files: FILES })
  const read = readZip(zip, (name) => name.startsWith('xl/'), LIMIT)
  expect(read.ok && [...read.files.keys()]).toEqual(['xl/workbook.xml'])
})

test('the same files give the same bytes wherever the machine stands', () => {
  const zips = ['Asia/Tokyo', 'Pacific/Honolulu', 'UTC'].map((where) => {
    process.env.TZ = where
    return writeZip(FILES).toString('hex')
  })
  expect(new Set(zips).size).toBe(1)
})

test('an archive that states its sizes only behind each file, as some programs write it, is read', () => {
  expect(readZip(streamed(FILES), everything, LIMIT)).toEqual({ ok: true, files: FILES })
})

test('the limit is for all files together', () => {
  const size = [...FILES.values()].reduce((sum, { length }) => sum + length, 0)
  for (const zip of [writeZip(FILES), streamed(FILES)]) {
    expect(readZip(zip, everything, size).ok).toBe(true)
    expect(readZip(zip, everything, size - 1)).toEqual({ ok: false, reason: 'too-large' })
  }
})

test('a file that is much more than it states is too large', () => {
  const zip = Buffer.from(zipSync({ 'a.xml': new Uint8Array(20_000_000) }))
  expect(readZip(zip, everything, LIMIT)).toEqual({ ok: false, reason: 'too-large' })
  zip.writeUInt32LE(10, zip.indexOf('PK\x03\x04') + 22)
  zip.writeUInt32LE(10, zip.indexOf('PK\x01\x02') + 24)
  expect(readZip(zip, everything, LIMIT)).toEqual({ ok: false, reason: 'too-large' })
})

test('a byte that changed on the way makes it broken', () => {
  for (const zip of [writeZip(FILES), Buffer.from(zipSync(Object.fromEntries(FILES)))]) {
    const place = zip.indexOf('xl/workbook.xml') + 'xl/workbook.xml'.length + 2
    zip[place] = zip[place]! ^ 1
    expect(readZip(zip, everything, LIMIT)).toEqual({ ok: false, reason: 'broken' })
  }
})

test('an archive cut off anywhere is broken', () => {
  const zip = writeZip(FILES)
  for (let length = 0; length < zip.length; length += 7)
    expect(readZip(zip.subarray(0, length), everything, LIMIT), `${length} bytes`).toEqual({
      ok: false,
      reason: 'broken',
    })
})

function streamed(files: ReadonlyMap<string, Buffer>): Buffer {
  const parts: Uint8Array[] = []
  const zip = new Zip((error, part) => {
    if (error) throw error
    parts.push(part)
  })
  for (const [name, content] of files) {
    const file = new ZipDeflate(name)
    zip.add(file)
    file.push(content, true)
  }
  zip.end()
  return Buffer.concat(parts)
}
