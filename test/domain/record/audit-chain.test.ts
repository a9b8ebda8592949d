import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { auditHash, GENESIS_HASH } from '../../../src/domain/record/audit.ts'
import {
  checkChain,
  firstChangedSince,
  pinFaults,
  readDetail,
  type StoredEntry,
} from '../../../src/domain/record/audit-chain.ts'

const at = new Date('2024-03-11T03:00:00Z')

/** A record as the program writes it. */
function recordOf(subjects: readonly string[]): StoredEntry[] {
  return rehashed(
    subjects.map((subject, index) => ({
      ...{ seq: index + 1, at: new Date(at.getTime() + index * 1000), actor: 'tanto', action: 'test.done' },
      ...{ subject, detail: JSON.stringify({ n: index }), previousHash: '', hash: '' },
    })),
  )
}

/** With every hash made anew to the end, as whoever knows the program can. */
function rehashed(entries: readonly StoredEntry[]): StoredEntry[] {
  let previousHash = GENESIS_HASH
  return entries.map((entry, index) => {
    const seq = index + 1
    const hash = auditHash(seq, { ...entry, detail: readDetail(entry.detail)! }, previousHash)
    const made = { ...entry, seq, previousHash, hash }
    previousHash = hash
    return made
  })
}

const letters = (count: number) => Array.from({ length: count }, (_, index) => `R-${index}`)
const faultsOf = (entries: readonly StoredEntry[]) => checkChain(entries).faults

describe('names the entry at which the record does not hold', () => {
  const record = recordOf(letters(8))
  const changed = (seq: number, change: Partial<StoredEntry>) =>
    record.map((entry) => (entry.seq === seq ? { ...entry, ...change } : entry))

  test('none where it does', () => {
    expect(faultsOf(record)).toEqual([])
    expect(faultsOf([])).toEqual([])
  })

  test.each<[string, StoredEntry[], unknown[]]>([
    ['another actor', changed(3, { actor: 'x' }), [{ kind: 'changed', seq: 3 }]],
    ['another time', changed(3, { at: new Date(0) }), [{ kind: 'changed', seq: 3 }]],
    ['no time', changed(3, { at: new Date(Number.NaN) }), [{ kind: 'changed', seq: 3 }]],
    ['other facts', changed(8, { detail: '{"n":1}' }), [{ kind: 'changed', seq: 8 }]],
    ['broken JSON', changed(3, { detail: '{"n":' }), [{ kind: 'unreadable', seq: 3 }]],
    ['facts that are none', changed(3, { detail: '[]' }), [{ kind: 'unreadable', seq: 3 }]],
    [
      'another hash',
      changed(3, { hash: 'f'.repeat(64) }),
      [
        { kind: 'changed', seq: 3 },
        { kind: 'unlinked', seq: 4 },
      ],
    ],
    ['a missing entry', record.filter(({ seq }) => seq !== 3), [{ kind: 'missing', seq: 3, to: 3 }]],
    ['the missing first', record.slice(2), [{ kind: 'missing', seq: 1, to: 2 }]],
    [
      'an exchange',
      record
        .map((entry) => ({
          ...entry,
          seq: ({ 3: 6, 6: 3 } as Record<number, number>)[entry.seq] ?? entry.seq,
        }))
        .sort((a, b) => a.seq - b.seq),
      [
        { kind: 'moved', seq: 3, from: 6 },
        { kind: 'unlinked', seq: 4 },
        { kind: 'moved', seq: 6, from: 3 },
        { kind: 'unlinked', seq: 7 },
      ],
    ],
    [
      'an exchange of what they say',
      changed(3, { subject: 'R-5', detail: record[5]!.detail, at: record[5]!.at }).map((entry) =>
        entry.seq === 6 ? { ...entry, subject: 'R-2', detail: record[2]!.detail, at: record[2]!.at } : entry,
      ),
      [
        { kind: 'moved', seq: 3, from: 6 },
        { kind: 'moved', seq: 6, from: 3 },
      ],
    ],
    [
      'one that was written anew with its own hash',
      changed(3, {
        actor: 'x',
        hash: auditHash(3, { ...record[2]!, actor: 'x', detail: { n: 2 } }, record[2]!.previousHash),
      }),
      [{ kind: 'unlinked', seq: 4 }],
    ],
    ['one before the first', [{ ...record[0]!, seq: 0 }, ...record], [{ kind: 'misnumbered', seq: 0 }]],
  ])('%s', (_name, entries, faults) => {
    expect(faultsOf(entries)).toEqual(expect.arrayContaining(faults))
    expect(faultsOf(entries)[0]).toEqual(faults[0])
  })
})

/** What somebody who writes the whole table can do to it. */
type Manipulation = (entries: StoredEntry[], at: number) => StoredEntry[]
const MANIPULATIONS: Record<string, Manipulation> = {
  change: (entries, at) => entries.with(at, { ...entries[at]!, subject: `${entries[at]!.subject}'` }),
  'change the time': (entries, at) =>
    entries.with(at, { ...entries[at]!, at: new Date(entries[at]!.at.getTime() + 1) }),
  remove: (entries, at) => entries.toSpliced(at, 1),
  insert: (entries, at) => entries.toSpliced(at, 0, { ...entries[at]!, subject: 'made up' }),
  exchange: (entries, at) => {
    const other = at === 0 ? 1 : at - 1
    return entries.with(at, entries[other]!).with(other, entries[at]!)
  },
  'cut off': (entries, at) => entries.slice(0, at),
}

describe('a pin', () => {
  const manipulated = fc.record({
    length: fc.integer({ min: 3, max: 40 }),
    pinned: fc.nat(),
    steps: fc.array(fc.record({ how: fc.constantFrom(...Object.keys(MANIPULATIONS)), at: fc.nat() }), {
      minLength: 1,
      maxLength: 4,
    }),
  })

  test('finds whatever was done to what it covers, though every hash was made anew to the end', () => {
    fc.assert(
      fc.property(manipulated, ({ length, pinned, steps }) => {
        const record = recordOf(letters(length))
        const count = 1 + (pinned % length)
        const pin = { count, head: record[count - 1]!.hash, source: 'x', at }
        let forged: StoredEntry[] = record
        for (const { how, at } of steps)
          if (forged.length > 2) forged = MANIPULATIONS[how]!(forged, at % Math.min(count, forged.length))
        const made = rehashed(forged)
        const isUntouched = record.slice(0, count).every((entry, index) => made[index]?.hash === entry.hash)
        expect(checkChain(made).faults).toEqual([])
        expect(pinFaults(checkChain(made), [pin])).toHaveLength(isUntouched ? 0 : 1)
        if (!isUntouched)
          expect(firstChangedSince(record, new Map(made.map((entry) => [entry.seq, entry])))).not.toBeNull()
      }),
    )
  })

  test('without the hashes made anew, it takes none', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 40 }),
        fc.nat(),
        fc.constantFrom('change', 'change the time'),
        (length, where, how) => {
          const record = recordOf(letters(length))
          const at = where % length
          expect(faultsOf(MANIPULATIONS[how]!(record, at))).toContainEqual({ kind: 'changed', seq: at + 1 })
        },
      ),
    )
  })

  test('tells a record that was cut off, and between which kept states it was written anew', () => {
    const record = recordOf(letters(9))
    const pinAt = (count: number) => ({
      count,
      head: record[count - 1]?.hash ?? GENESIS_HASH,
      source: `${count}`,
      at,
    })
    const cut = checkChain(record.slice(0, 5))
    expect(pinFaults(cut, [pinAt(3), pinAt(7)])).toEqual([{ kind: 'cut-off', pin: pinAt(7), count: 5 }])
    const forged = checkChain(rehashed(record.with(4, { ...record[4]!, actor: 'x' })))
    expect(pinFaults(forged, [pinAt(8), pinAt(0), pinAt(3)])).toEqual([
      { kind: 'rewritten', pin: pinAt(8), after: 3 },
    ])
  })
})
