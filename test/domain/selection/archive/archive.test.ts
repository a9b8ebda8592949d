import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { passedOver } from '../../../../src/domain/selection/amendment.ts'
import {
  type Archive,
  archiveHash,
  sealArchive,
  sealOf,
} from '../../../../src/domain/selection/archive/archive.ts'
import { type Verification, verifyArchive } from '../../../../src/domain/selection/archive/verification.ts'
import { select } from '../../../../src/domain/selection/select.ts'
import { canonicalJson, sha256Hex } from '../../../../src/domain/text/canonical.ts'
import { contests, SMALL, snapshots } from '../arbitraries.ts'
import { moved } from '../moved-snapshots.ts'
import { amendedContents, contentsOf, FILES, RECORD, RECORD_2, TAKEN } from './archives.ts'

const AMENDED = sealArchive(amendedContents([{ code: '3', reason: '病院からの申出' }]))

/** The first mismatch; fails the test where there is none. */
function mismatchOf(input: string | Uint8Array): Exclude<Verification, { ok: true }> {
  const verification = verifyArchive(input)
  if (verification.ok) throw new Error('verified')
  return verification
}

describe('an archive', () => {
  test('verifies, from its text and from its bytes', () => {
    for (const text of [sealArchive(contentsOf()), AMENDED]) {
      const verification = verifyArchive(text)
      expect(verification).toEqual({
        ok: true,
        archive: JSON.parse(text),
        sha256: JSON.parse(text).sha256.archive,
      })
      expect(verifyArchive(Buffer.from(text))).toEqual(verification)
    }
  })

  test('has the same bytes for the same contents', () => {
    expect(sealArchive(contentsOf())).toBe(sealArchive(contentsOf()))
    expect(sealArchive(contentsOf())).toBe(canonicalJson(JSON.parse(sealArchive(contentsOf()))))
  })

  test('holds text as text, other bytes as base64, and the hashes of both as of the files', () => {
    const { files, sha256 }: Archive = JSON.parse(sealArchive(contentsOf()))
    expect(files).toEqual([
      { name: 'ministry.csv', encoding: 'utf-8', content: '\ufeff順位,医療機関名\r\n1,"試験""3病院"\r\n' },
      { name: 'ministry.cp932.csv', encoding: 'base64', content: 'j4eIyg0K' },
    ])
    expect(sha256.files).toEqual(FILES.map(({ name, bytes }) => ({ name, sha256: sha256Hex(bytes) })))
  })

  test('of any selection and any bytes verifies', () => {
    const files = fc.uniqueArray(fc.record({ name: fc.string({ minLength: 1 }), bytes: fc.uint8Array() }), {
      selector: ({ name }) => name,
      maxLength: 3,
    })
    fc.assert(
      fc.property(fc.oneof(contests, moved(snapshots(SMALL))), files, (taken, drawn) => {
        const record = { ...RECORD, round: taken.round }
        const contents = contentsOf({ record, snapshot: taken, result: select(taken), files: drawn })
        expect(verifyArchive(sealArchive(contents)).ok).toBe(true)
      }),
    )
  })
})

describe('a changed byte', () => {
  /** The part of the archive that holds a byte: a value of its top level, or null between them. */
  function partsOf(text: string): { part: string; from: number; to: number }[] {
    const archive = JSON.parse(text)
    let at = 1
    return Object.keys(archive).map((part) => {
      const from = at + Buffer.byteLength(`"${part}":`)
      const to = from + Buffer.byteLength(canonicalJson(archive[part]))
      at = to + 1
      return { part, from, to }
    })
  }

  test.each([
    ['every byte of it, one bit', 1],
    ['every byte of it, another bit', 4],
    ['every byte of it, the highest bit', 128],
  ])('is found and its part named: %s', (_, mask) => {
    const bytes = Buffer.from(AMENDED)
    for (const { part, from, to } of partsOf(AMENDED))
      for (let at = from; at < to; at += 1) {
        bytes[at]! ^= mask
        const { place, message } = mismatchOf(bytes)
        const named = place.split(/[.[（]/)[0]
        // A byte that is no UTF-8 any more is named by its position, at which the character begins.
        if (/^\d+バイト目$/.test(place)) expect(Math.abs(Number.parseInt(place, 10) - 1 - at)).toBeLessThan(4)
        else expect([at, named]).toEqual([at, part])
        expect(message).toMatch(/^[^。]+。.+。$/)
        bytes[at]! ^= mask
      }
  })

  test('anywhere, to any other byte, is found', () => {
    const change = fc.record({
      at: fc.nat(Buffer.byteLength(AMENDED) - 1),
      mask: fc.integer({ min: 1, max: 255 }),
    })
    fc.assert(
      fc.property(change, ({ at, mask }) => {
        const bytes = Buffer.from(AMENDED)
        bytes[at]! ^= mask
        expect(verifyArchive(bytes).ok).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  test('so is one more or one less', () => {
    const change = fc.record({
      at: fc.nat(AMENDED.length - 1),
      more: fc.constantFrom('', ' ', '\n', '0', '"', '\ufeff'),
    })
    fc.assert(
      fc.property(change, ({ at, more }) => {
        const text = AMENDED.slice(0, at) + more + AMENDED.slice(more === '' ? at + 1 : at)
        expect(verifyArchive(text).ok).toBe(false)
      }),
    )
    expect(mismatchOf(`${AMENDED}\n`)).toMatchObject({ place: 'archive', found: '"\\n"' })
    expect(mismatchOf(AMENDED.slice(0, -1))).toMatchObject({ place: 'snapshot', found: '末尾' })
  })
})

describe('names the place', () => {
  type Path = (string | number)[]
  const ZEROS = '0'.repeat(64)
  const ROW = ['results', 1, 'rank']

  test.each<[place: string, Path, value: unknown]>([
    ['result.results[1].rank', ['result', ...ROW], 7],
    ['amendment.result.results[1].rank', ['amendment', 'result', ...ROW], 7],
    ['amendment', ['amendment', 'base', 'sha256'], ZEROS],
    ['snapshot', ['snapshot', 'candidates', 0, 'beds'], 51],
    ['snapshot', ['snapshot', 'moves', 0, 'reason'], '別の理由'],
    ['record', ['record', 'confirmed', 'by'], 'x'],
    ['files[0].content（ministry.csv）', ['files', 0, 'content'], '順位'],
    ['files[1].name（x.csv）', ['files', 1, 'name'], 'x.csv'],
    ['sha256.record', ['sha256', 'record'], ZEROS],
    ['sha256.files[1].sha256', ['sha256', 'files', 1, 'sha256'], ZEROS],
    ['sha256.archive', ['sha256', 'archive'], ZEROS],
  ])('%s', (place, path, value) => {
    expect(mismatchOf(canonicalJson(changed(path, value))).place).toBe(place)
  })

  test.each<[place: string, Path, value: unknown, expected: string, found: string]>([
    ['result.results[1].rank', ['result', ...ROW], 7, '2', '7'],
    ['amendment.result.results[1].rank', ['amendment', 'result', ...ROW], 7, '2', '7'],
    ['amendment.result.extra', ['amendment', 'result', 'extra'], 7, 'なし', '7'],
    ['record.round', ['record', 'round'], 2, '1', '2'],
    ['amendment.base.edition', ['amendment', 'base', 'edition'], 2, '2より小さい版', '2'],
    [
      'amendment.declines',
      ['amendment', 'declines', 0, 'code'],
      '9',
      '選定または補欠の病院',
      '医療機関コード「9」の病院は、選定も補欠もされていません。選定または補欠の病院を指定してください。',
    ],
  ])('%s, though all hashes were made anew', (place, path, value, expected, found) => {
    expect(mismatchOf(resealed(changed(path, value)))).toMatchObject({ place, expected, found })
  })

  test('of a changed fact by what follows from it, though all hashes were made anew', () => {
    const falsified = changed(['snapshot', 'candidates', 0, 'beds'], 51)
    expect(mismatchOf(resealed(falsified))).toMatchObject({
      place: 'result.snapshotSha256',
      expected: JSON.stringify(sha256Hex(canonicalJson(falsified.snapshot))),
      found: JSON.stringify(sha256Hex(canonicalJson(TAKEN))),
    })
  })

  test.each(['result', 'amendment.result'])('of a key in %s that JavaScript hides', (part) => {
    const hidden = (text: string) => text.replace(/"format":"kakuho.(amended-)?result/g, '"__proto__":{},$&')
    const archive = JSON.parse(AMENDED, (key, value) =>
      key === part.split('.').at(-1) && value.format?.includes('amended') === part.includes('.')
        ? JSON.parse(hidden(JSON.stringify(value)))
        : value,
    )
    expect(mismatchOf(resealed(archive)).place).toBe(`${part}.__proto__`)
    const { sha256 } = JSON.parse(AMENDED)
    expect(mismatchOf(canonicalJson({ ...archive, sha256 })).place).toBe(`${part}.__proto__`)
  })

  test.each<[place: string, Path, value: unknown, message: RegExp]>([
    ['extra', ['extra'], 1, /定められていません/],
    ['format', ['format'], 'x', /kakuho\.archive\/1/],
    ['snapshot.candidates[0].beds', ['snapshot', 'candidates', 0, 'beds'], -1, /0以上/],
    ['sha256.record', ['sha256', 'record'], 'x', /16進数64桁/],
    ['files[0].encoding', ['files', 0, 'encoding'], 'x', /「utf-8」または「base64」/],
    ['files[1].content', ['files', 1, 'content'], 'j4eIyg0L=', /base64/],
    ['files', ['files', 1, 'name'], 'ministry.csv', /同じ名前/],
    ['amendment.declines', ['amendment', 'declines'], [], /1件もありません/],
  ])('%s, where the value is none', (place, path, value, message) => {
    const mismatch = mismatchOf(canonicalJson(changed(path, value)))
    expect(mismatch.place).toBe(place)
    expect(mismatch.message).toMatch(message)
  })

  function changed(path: Path, value: unknown): Archive {
    const archive: Archive = JSON.parse(AMENDED)
    const holder = path
      .slice(0, -1)
      .reduce((inner: Record<string, unknown>, step) => inner[step] as typeof inner, {
        ...archive,
      })
    holder[path.at(-1)!] = value
    return path.length === 1 ? { ...archive, [path[0]!]: value } : archive
  }

  /** As whoever falsifies an archive would. */
  function resealed(archive: Archive): string {
    const seal = sealOf(archive)
    return canonicalJson({ ...archive, sha256: { ...seal, archive: archiveHash(seal) } })
  }
})

describe('kakuho.archive/2', () => {
  const contents = amendedContents([
    passedOver('2', '追加選定（第2回）で選定済み'),
    { code: '3', reason: '病院からの申出' },
  ])
  const text = sealArchive({ ...contents, record: { ...RECORD_2, edition: 2 } })
  const placeOf = (change: (archive: Record<string, unknown>) => void) => {
    const archive = JSON.parse(text)
    change(archive)
    const seal = sealOf(archive)
    const verification = verifyArchive(
      canonicalJson({ ...archive, sha256: { ...seal, archive: archiveHash(seal) } }),
    )
    return verification.ok ? null : verification.place
  }

  test('is /1 with what stood before, and with the kind of a decline', () => {
    expect(text).toContain('"format":"kakuho.archive/2"')
    expect(verifyArchive(text).ok).toBe(true)
    expect(placeOf(() => {})).toBeNull()
    expect(sealArchive(contents)).toContain('"format":"kakuho.archive/1"')
  })

  test('is told from /1 by more than its name', () => {
    expect(placeOf((archive) => Object.assign(archive, { format: 'kakuho.archive/1' }))).toBe('record.audit')
    const without = (archive: Record<string, unknown>) =>
      Object.assign(archive, { record: { ...RECORD, edition: 2 } })
    expect(placeOf(without)).toBe('record.audit')
    expect(placeOf((archive) => Object.assign(without(archive), { format: 'kakuho.archive/1' }))).toBe(
      'amendment.declines[0].kind',
    )
  })

  test('any changed record of what stood before is found', () => {
    const changed = text.replace('"count":12', '"count":13')
    const verification = verifyArchive(changed)
    expect(verification.ok ? null : verification.place).toBe('record')
  })
})

test('the hash of the whole is the one to write down: another archive has another', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (by) => {
      const text = sealArchive(contentsOf({ record: { ...RECORD, confirmed: { ...RECORD.confirmed, by } } }))
      const verification = verifyArchive(text)
      const original: Archive = JSON.parse(sealArchive(contentsOf()))
      expect(verification.ok && verification.sha256 === original.sha256.archive).toBe(
        by === RECORD.confirmed.by,
      )
    }),
  )
})
