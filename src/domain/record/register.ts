import type { Answers, Submission } from '../answer/submission.ts'
import type { Hospital } from '../master/hospital.ts'
import type { MinistryColumnId } from '../survey/ministry-columns.ts'

const REGISTER_FORMAT = 'kakuho.register/1'

/**
 * The master and the answers at the moment a selection is frozen: what its report is written from, also that of a
 * hospital which moves up later, and what later corrections are compared with.
 */
export interface Register {
  format: typeof REGISTER_FORMAT
  prefecture: string
  /** Of the report to the ministry, as they were set. */
  columns: MinistryColumnId[]
  /** Every hospital of the master, in its order. */
  entries: WrittenEntry[]
}

/** What of a hospital a report can be written from. What else the master knows is in no archive. */
const REGISTER_FIELDS = [
  'medicalCode',
  'naviiCode',
  'name',
  'kana',
  'region',
  'municipality',
  'address',
  'phone',
  'email',
  'beds',
  'bedsByType',
  'functions',
  'inspection',
] as const satisfies readonly (keyof Hospital)[]

/** A hospital as a frozen register has it: the master's key stands under `code`, as it always did. */
export type RegisterHospital = Pick<Hospital, (typeof REGISTER_FIELDS)[number]> & { code: string }

export interface RegisterEntry {
  hospital: RegisterHospital
  /** 受付番号 of the answer that counts; null without one. */
  number: string | null
  answers: Answers | null
  /** くじ番号 of the answer, three digits; only where the round was drawn by them and it is on the list. */
  lot?: string
  /** What the prefecture decided about the hospital by itself. */
  override: { kind: 'designate' | 'exclude'; reason: string } | null
}

/** As it is written: without `extra` where nothing was said to any further question. */
type WrittenEntry = Omit<RegisterEntry, 'answers'> & {
  answers: (Omit<Answers, 'extra'> & Partial<Pick<Answers, 'extra'>>) | null
}

interface RegisterFacts {
  prefecture: string
  ministryColumns: readonly MinistryColumnId[]
  hospitals: readonly Hospital[]
  /** In any state; only the current ones count. */
  submissions: readonly Submission[]
  overrides: readonly { hospitalCode: string; kind: 'designate' | 'exclude'; reason: string }[]
  /** くじ番号 by 受付番号, where the round was drawn by them. */
  lots?: ReadonlyMap<string, string>
}

export function registerOf(facts: RegisterFacts): Register {
  const current = facts.submissions.filter(({ state }) => state === 'current')
  const submissions = new Map(current.map((submission) => [submission.hospitalCode, submission]))
  const overrides = new Map(facts.overrides.map((override) => [override.hospitalCode, override]))
  return {
    format: REGISTER_FORMAT,
    prefecture: facts.prefecture,
    columns: [...facts.ministryColumns],
    entries: facts.hospitals.map((hospital) => {
      const submission = submissions.get(hospital.key)
      const override = overrides.get(hospital.key)
      const lot = submission && facts.lots?.get(submission.number)
      return {
        hospital: plainHospital(hospital),
        number: submission?.number ?? null,
        answers: submission ? plainAnswers(submission.answers) : null,
        ...(lot !== undefined && { lot }),
        override: override ? { kind: override.kind, reason: override.reason } : null,
      }
    }),
  }
}

/** By the hospital's key. */
export function entriesOf({ entries }: Pick<Register, 'entries'>): Map<string, RegisterEntry> {
  return new Map(
    entries.map((entry) => [
      entry.hospital.code,
      { ...entry, answers: entry.answers && { extra: {}, ...entry.answers } },
    ]),
  )
}

/** Without further answers a register has the bytes that it always had. */
function plainAnswers({ extra, ...answers }: Answers): WrittenEntry['answers'] {
  return Object.keys(extra).length === 0 ? answers : { ...answers, extra }
}

/** Without what a store keeps beside it. */
function plainHospital(hospital: Hospital): RegisterHospital {
  const facts = Object.fromEntries(REGISTER_FIELDS.map((field) => [field, hospital[field]]))
  return { code: hospital.key, ...facts } as RegisterHospital
}
