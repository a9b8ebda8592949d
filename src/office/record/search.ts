import type { RecordFilter } from '../../db/audit-search.ts'
import type { Stores } from '../../db/stores.ts'
import { HOSPITAL_ACTORS, isHospitalActor } from '../../domain/record/audit.ts'
import type { Choice } from '../../domain/text/choice.ts'
import { foldName } from '../../domain/text/folding.ts'
import { parseInstant, readDay } from '../../domain/text/typed-dates.ts'
import { officerNames } from '../officer-names.ts'
import { RECORD_KINDS } from './sentences.ts'

/** What is looked for, as it stands in the address. */
interface RecordQuery {
  /** Days as they were typed; '' from the beginning, and to the end. */
  from: string
  to: string
  /** A login, or the id of those who are none. */
  who: string
  kind: string
  q: string
}

const HOSPITALS = 'hospital'
const OTHER = 'other'

/** What the record is narrowed to by kind; the last are those that nobody has put into words. */
export const KIND_CHOICES: readonly Choice<string>[] = [
  ...RECORD_KINDS.map(({ id, label }) => ({ id, label })),
  { id: OTHER, label: 'その他' },
]

/** Whoever stands on the record, by name: the hospitals as one. */
export function actorChoices(stores: Stores): Choice<string>[] {
  const nameOf = officerNames(stores)
  const actors = stores.audit.search.actors()
  const people = actors.filter((actor) => !isHospitalActor(actor) && actor !== 'system')
  return [
    ...people.map((actor) => ({ id: actor, label: nameOf(actor) })),
    ...(actors.some(isHospitalActor) ? [{ id: HOSPITALS, label: '病院' }] : []),
  ]
}

/** @returns the filter, and what is wrong with a day: it then narrows nothing */
export function recordFilter(
  stores: Stores,
  { from, to, who, kind, q }: RecordQuery,
): { filter: RecordFilter; errors: { from?: string; to?: string } } {
  const [start, end] = [dayIn(from, 'start'), dayIn(to, 'end')]
  const errors = {
    ...(start.problem !== null && { from: `期間の始め：${start.problem}` }),
    ...(end.problem !== null && { to: `期間の終わり：${end.problem}` }),
  }
  return {
    filter: {
      from: start.at,
      to: end.at,
      actor: who === '' ? null : who === HOSPITALS ? HOSPITAL_ACTORS : who,
      nouns: nounsOf(kind),
      words: q === '' ? null : wordsOf(stores, q),
    },
    errors,
  }
}

/** What is no day is told, and narrows nothing. */
function dayIn(typed: string, side: 'start' | 'end'): { at: Date | null; problem: string | null } {
  if (typed === '') return { at: null, problem: null }
  const read = readDay(typed)
  if (!read.ok) return { at: null, problem: read.problem ?? NO_DAY }
  return { at: parseInstant(read.day, side), problem: null }
}

const NO_DAY = '「令和8年12月18日」または「2026-12-18」のように、年月日を入力してください。'

function nounsOf(kind: string): RecordFilter['nouns'] {
  if (kind === OTHER) return { areNot: RECORD_KINDS.flatMap(({ nouns }) => Object.keys(nouns)) }
  const found = RECORD_KINDS.find(({ id }) => id === kind)
  return found ? { are: Object.keys(found.nouns) } : null
}

/** The name of a hospital means its entries and those of its answers; the name of an officer the officer's. */
function wordsOf(stores: Stores, text: string): RecordFilter['words'] {
  const wanted = foldName(text)
  const has = (name: string) => wanted !== '' && foldName(name).includes(wanted)
  const hospitals = new Set(
    stores.hospitals
      .all()
      .filter(({ key, name, medicalCode, naviiCode }) =>
        [key, medicalCode, naviiCode].includes(text) ? true : has(name),
      )
      .map(({ key }) => key),
  )
  const answers = stores.submissions
    .all()
    .filter(({ hospitalCode, typedHospital }) =>
      hospitalCode === null ? has(typedHospital?.name ?? '') : hospitals.has(hospitalCode),
    )
    .map(({ number }) => number)
  const logins = stores.staff.all().flatMap(({ login, name }) => (has(name) ? [login] : []))
  return { text, subjects: [...hospitals, ...answers, ...logins], actors: logins }
}
