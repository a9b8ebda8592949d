import { readdirSync, readFileSync } from 'node:fs'
import { type Archive, archiveHash, sealOf } from '../../src/domain/selection/archive/archive.ts'
import { canonicalJson } from '../../src/domain/text/canonical.ts'

const GOLDEN = new URL('../domain/selection/archive/golden/', import.meta.url)

export interface ArchiveCase {
  name: string
  bytes: Buffer
}

/** The archives that are kept as they were written. */
export function goldenArchives(): ArchiveCase[] {
  return readdirSync(GOLDEN)
    .sort()
    .map((name) => ({ name, bytes: readFileSync(new URL(name, GOLDEN)) }))
}

/** Each of them changed in many ways, and what is no archive at all. */
export function tamperedArchives(): ArchiveCase[] {
  const changed = goldenArchives().flatMap(({ name, bytes }) =>
    CHANGES.flatMap(([what, change]): ArchiveCase[] => {
      const after = change(bytes.toString('utf8'))
      return after.equals(bytes) ? [] : [{ name: `${what} ${name}`, bytes: after }]
    }),
  )
  return [...changed, ...OTHERS.map(([name, text]) => ({ name, bytes: Buffer.from(text) }))]
}

type Change = (text: string) => Buffer

const replaced =
  (before: string | RegExp, after: string): Change =>
  (text) =>
    Buffer.from(text.replace(before, after))

/** As whoever falsifies an archive would: with all hashes made anew. */
const resealed =
  (change: Change): Change =>
  (text) => {
    const archive: Archive = JSON.parse(change(text).toString('utf8'))
    const seal = sealOf(archive)
    return Buffer.from(canonicalJson({ ...archive, sha256: { ...seal, archive: archiveHash(seal) } }))
  }

const LOT: Change = replaced(/(?<=\\"lot\\":\\")007/, '008')
const SIGNATURE: Change = (text) =>
  Buffer.from(canonicalJson({ ...JSON.parse(text), signature: { by: 'x' } }))

const CHANGES: readonly [what: string, change: Change][] = [
  ['beds', replaced('"beds":50', '"beds":51')],
  ['beds, resealed', resealed(replaced('"beds":50', '"beds":51'))],
  ['rank', replaced('"rank":1,', '"rank":2,')],
  ['rank, resealed', resealed(replaced('"rank":1,', '"rank":2,'))],
  ['who confirmed', replaced('"by":"kacho"', '"by":"other"')],
  // Another archive, right in itself: only its hash tells.
  ['who confirmed, resealed', resealed(replaced('"by":"kacho"', '"by":"other"'))],
  ['file', replaced('医療機関名', '医療機関')],
  ['bytes', replaced('j4eIyg0K', 'j4eIyg0L')],
  ['base64', replaced('j4eIyg0K', 'j4eIyg0')],
  ['draw', LOT],
  ['draw, resealed', resealed(LOT)],
  ['announced', resealed(replaced('123456\\",', '123457\\",'))],
  ['text', replaced('なし\\"', 'ない\\"')],
  ['text, resealed', resealed(replaced('なし\\"', 'ない\\"'))],
  ['answer', replaced('\\"links\\":5', '\\"links\\":6')],
  ['answer, resealed', resealed(replaced('\\"links\\":5', '\\"links\\":6'))],
  ['answer in the snapshot', replaced('"links":5', '"links":6')],
  ['points', replaced('"points":20', '"points":21')],
  ['line', replaced(/(?<="results":\[)\{.*?\},(?=\{)/, '')],
  ['hash', replaced(/"record":"[0-9a-f]{64}"/, `"record":"${'0'.repeat(64)}"`)],
  ['signature', SIGNATURE],
  ['format', replaced('kakuho.archive/', 'kakuho.archive/9')],
  ['a space', replaced(/^/, ' ')],
  ['the end', (text) => Buffer.from(text.slice(0, -1))],
  ['half', (text) => Buffer.from(text.slice(0, text.length / 2))],
  [
    'a byte',
    (text) =>
      Buffer.concat([Buffer.from(text.slice(0, 40)), Buffer.from([0xff]), Buffer.from(text.slice(40))]),
  ],
  ['a mark', replaced(/^/, '\ufeff')],
]

const OTHERS: readonly [name: string, text: string][] = [
  ['an empty file', ''],
  ['a snapshot', '{"format":"kakuho.snapshot/1"}'],
  ['no JSON', '選定の結果です'],
]

/** Changes what one of an archive's files says. */
export function inFile<Content>(
  name: string,
  change: (content: Content) => unknown,
): (archive: Archive) => void {
  return ({ files }) => {
    const file = files.find((each) => each.name === name)!
    const content: Content = JSON.parse(file.content)
    change(content)
    file.content = canonicalJson(content)
  }
}

/** As whoever opens the file changes it: with all hashes made anew, or with none. */
export function falsified(
  bytes: Buffer,
  change: (archive: Archive) => unknown,
  { isResealed }: { isResealed: boolean },
): Buffer {
  const archive: Archive = JSON.parse(bytes.toString('utf8'))
  change(archive)
  const seal = sealOf(archive)
  const sha256 = isResealed ? { ...seal, archive: archiveHash(seal) } : archive.sha256
  return Buffer.from(canonicalJson({ ...archive, sha256 }))
}
