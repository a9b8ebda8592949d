import type { Stores } from '../../db/stores.ts'
import { editionLabel, roundLabel } from '../../domain/record/round.ts'
import type { Prefecture } from '../../domain/survey/prefecture.ts'
import { officerNames } from '../officer-names.ts'
import type { Piece, RecordNames } from './sentence.ts'

/**
 * What the record's ids are called today, looked up once each: a page names the same hospital many times.
 * @param mayManage whether the pages of users may be opened
 */
export function recordNames(
  stores: Stores,
  { place, mayManage }: { place: Prefecture; mayManage: boolean },
): RecordNames {
  const officer = officerNames(stores)
  const logins = new Set(stores.staff.all().map(({ login }) => login))
  const hospitals = new Map(stores.hospitals.all().map(({ key, name }) => [key, name]))

  function hospitalName(key: string): string {
    return hospitals.get(key) ?? '病院台帳にない病院'
  }
  const hospital = (key: string): Piece[] =>
    hospitals.has(key)
      ? [{ text: hospitalName(key), href: `/admin/hospitals/${encodeURIComponent(key)}` }]
      : [hospitalName(key)]

  const submission = once((number): Piece[] => {
    const found = stores.submissions.byNumber(number)
    if (!found) return [`回答${number}`]
    const { hospitalCode, typedHospital } = found
    const name = hospitalCode === null ? (typedHospital?.name ?? '') : hospitalName(hospitalCode)
    return ['回答', { text: number, href: `/admin/submissions/${number}` }, `（${name}）`]
  })

  return {
    place,
    hospital,
    submission,
    officer,
    user: (login) => {
      if (!logins.has(login)) return [`「${login}」`]
      const text = `${officer(login)}（${login}）`
      return mayManage ? [{ text, href: `/admin/users/${encodeURIComponent(login)}` }] : [text]
    },
    round: (subject, edition = null) => {
      const number = numberIn(subject)
      if (number === null) return ['選定の回']
      const text = edition === null ? roundLabel(number) : editionLabel(number, edition)
      const isConfirmed = stores.editions.newestOf(number) !== null
      return isConfirmed ? [{ text, href: `/admin/rounds/${number}` }] : [text]
    },
    proposal: (id, subject) => {
      const number = numberIn(subject)
      const of = number === null ? '' : `（${roundLabel(number)}）`
      return id === null ? [`起案${of}`] : [{ text: `起案第${id}号`, href: `/admin/proposals/${id}` }, of]
    },
    scenario: (subject, name) => {
      const id = numberIn(subject)
      return id === null ? [`「${name}」`] : [{ text: `「${name}」`, href: `/admin/scenarios/${id}` }]
    },
    policy: (subject) => {
      const version = numberIn(subject)
      return version === null
        ? ['新しい版']
        : [{ text: `第${version}版`, href: `/admin/policy/versions/${version}` }]
    },
  }
}

/** round 1 → 1 */
function numberIn(subject: string): number | null {
  const digits = /(?:^| )(\d{1,9})$/.exec(subject)?.[1]
  return digits === undefined ? null : Number(digits)
}

function once<Value>(find: (id: string) => Value): (id: string) => Value {
  const known = new Map<string, Value>()
  return (id) => {
    const value = known.get(id) ?? find(id)
    known.set(id, value)
    return value
  }
}
