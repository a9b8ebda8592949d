import { crc32, deflateRawSync } from 'node:zlib'
import { strToU8, unzipSync, zipSync } from 'fflate'
import type { Random } from '../../../src/demo/random.ts'

/** Ways in which a good file becomes one that nobody saved: its bytes, its text, or what a workbook is packed from. */

type Mutation = (bytes: Buffer, random: Random) => Buffer

const place = (bytes: Buffer, random: Random) => random.between(0, Math.max(0, bytes.length - 1))

const BYTES: Readonly<Record<string, Mutation>> = {
  'bytes changed': (bytes, random) => {
    const changed = Buffer.from(bytes)
    for (let count = random.between(1, 20); count > 0 && changed.length > 0; count -= 1)
      changed[place(changed, random)] = random.between(0, 255)
    return changed
  },
  'cut off': (bytes, random) => bytes.subarray(0, place(bytes, random)),
  'a part twice': (bytes, random) => {
    const [from, to] = [place(bytes, random), place(bytes, random)].sort((a, b) => a - b)
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from, to), bytes.subarray(to!)])
  },
  'a part missing': (bytes, random) => {
    const [from, to] = [place(bytes, random), place(bytes, random)].sort((a, b) => a - b)
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to!)])
  },
  'something put in': (bytes, random) => {
    const at = place(bytes, random)
    const odd = random.pick([
      '\0',
      '"',
      '\n',
      ',,,,',
      '\u202e',
      '\ufeff',
      '\ud800',
      '"""',
      "'=1",
      '<',
      ']]>',
      '&#0;',
      '{"a":1}',
      '__proto__',
      '9'.repeat(400),
      '\r',
      '%PDF-1.7',
      'PK\u0003\u0004',
    ])
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(odd), bytes.subarray(at)])
  },
}

const TEXT: Readonly<Record<string, Mutation>> = {
  'cells changed': (bytes, random) => {
    const cells = bytes.toString('utf8').split(/(?<=[,\n:"])/)
    for (let count = random.between(1, 6); count > 0; count -= 1) {
      const at = random.between(0, cells.length - 1)
      cells[at] = random.pick([
        cells[random.between(0, cells.length - 1)]!,
        '',
        '-1,',
        '1e309,',
        '令和99年,',
        '"',
        'null,',
        '１２,',
        '=1+1,',
        '#REF!,',
        '4.61E+09,',
        `${'あ'.repeat(3_000)},`,
      ])
    }
    return Buffer.from(cells.join(''))
  },
  'lines mixed': (bytes, random) => {
    const lines = bytes.toString('utf8').split('\n')
    const [one, other] = [random.between(0, lines.length - 1), random.between(0, lines.length - 1)]
    ;[lines[one], lines[other]] = [lines[other]!, lines[one]!]
    return Buffer.from(lines.join('\n'))
  },
}

/** Packed again with what is in it changed: the sums are right, so that it is read. */
const WORKBOOK: Readonly<Record<string, Mutation>> = {
  'a member changed': (bytes, random) =>
    repacked(bytes, (files) => {
      const name = random.pick(Object.keys(files))
      const kinds = { ...BYTES, ...TEXT }
      files[name] = kinds[random.pick(Object.keys(kinds))]!(Buffer.from(files[name]!), random)
    }),
  'attributes changed': (bytes, random) =>
    repacked(bytes, (files) => {
      const name = random.pick(Object.keys(files))
      const odd = [
        '-1',
        '99999999',
        'A1048577',
        'XFD1',
        'ZZZZ9',
        '',
        'A0',
        'inlineStr',
        's',
        '1e9',
        '__proto__',
        '../../x.xml',
        '&#x202e;',
      ]
      const text = Buffer.from(files[name]!).toString('utf8')
      files[name] = strToU8(
        text.replace(/="[^"]*"/g, (was) => (random.chance(0.03) ? `="${random.pick(odd)}"` : was)),
      )
    }),
  'a member missing': (bytes, random) =>
    repacked(bytes, (files) => {
      delete files[random.pick(Object.keys(files))]
    }),
  'members exchanged': (bytes, random) =>
    repacked(bytes, (files) => {
      const [one, other] = [random.pick(Object.keys(files)), random.pick(Object.keys(files))]
      ;[files[one], files[other]] = [files[other]!, files[one]!]
    }),
}

/** What may be done to a file, by what it is. */
export function mutationsFor(bytes: Buffer): Readonly<Record<string, Mutation>> {
  return bytes.subarray(0, 2).toString('latin1') === 'PK' ? { ...BYTES, ...WORKBOOK } : { ...BYTES, ...TEXT }
}

function repacked(bytes: Buffer, change: (files: Record<string, Uint8Array>) => void): Buffer {
  const files: Record<string, Uint8Array> = { ...unzipSync(bytes) }
  change(files)
  return Buffer.from(zipSync(files, { level: 1 }))
}

/** A member of a ZIP as it is written there, its stated sizes whatever one likes. */
interface Member {
  name: string
  content: Buffer
  /** Bytes that it says it has; as many as it has unless told. */
  stated?: number
}

/** A ZIP by hand, member after member, also where no library would write it so. */
export function zipOf(members: readonly Member[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, stated = content.length } of members) {
    const packed = deflateRawSync(content, { level: 1 })
    const title = Buffer.from(name)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(crc32(content), 14)
    head.writeUInt32LE(packed.length, 18)
    head.writeUInt32LE(stated, 22)
    head.writeUInt16LE(title.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 4)
    entry.writeUInt16LE(20, 6)
    head.copy(entry, 10, 8, 30)
    entry.writeUInt32LE(offset, 42)
    parts.push(head, title, packed)
    directory.push(entry, title)
    offset += head.length + title.length + packed.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(members.length & 0xffff, 8)
  end.writeUInt16LE(members.length & 0xffff, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, index, end])
}
