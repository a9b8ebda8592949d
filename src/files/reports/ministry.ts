import {
  type FurtherField,
  type FurtherQuestion,
  furtherField,
  furtherText,
} from '../../domain/answer/further.ts'
import { answerText } from '../../domain/answer/lines.ts'
import type { Answers } from '../../domain/answer/submission.ts'
import { entriesOf, type Register, type RegisterHospital } from '../../domain/record/register.ts'
import type { AmendedRow } from '../../domain/selection/amendment.ts'
import { type Band, bandLabel } from '../../domain/selection/bands.ts'
import type { AmendedReading } from '../../domain/selection/reading.ts'
import { orderNotes } from '../../domain/selection/words/order-notes.ts'
import type { ReasonsOf } from '../../domain/selection/words/reasons.ts'
import {
  isFurtherColumn,
  isOwnColumn,
  type MinistryColumnId,
  ministryColumnChoices,
  type OwnColumnId,
} from '../../domain/survey/ministry-columns.ts'
import { phoneText } from '../../domain/text/phone.ts'
import type { Column } from '../table/csv.ts'

/** One selected hospital as it is reported. */
export interface MinistryRow {
  prefecture: string
  row: AmendedRow
  hospital: RegisterHospital
  band: Band
  /** Null for a designated hospital that did not answer. */
  answers: Answers | null
  basis: string
  why: string
  /** What the ministry has to know of its 順位; null where there is nothing. */
  note: string | null
}

export interface MinistryFacts {
  /** After the declines, if there were any. */
  reading: AmendedReading
  register: Register
  /** The further questions that its answers are read by. */
  questions: readonly FurtherQuestion[]
  /** Null of an edition that was frozen before there were any. */
  reasons: ReasonsOf | null
}

/** The selected, in the order in which the prefecture wants them supported (順位). */
export function ministryRows({ reading, register, reasons }: MinistryFacts): MinistryRow[] {
  const entries = entriesOf(register)
  const notes = orderNotes(reading)
  return reading.rows
    .filter(({ decision }) => decision === 'selected')
    .sort((a, b) => a.order! - b.order!)
    .map((row) => {
      const { hospital, answers } = entries.get(row.code)!
      return {
        prefecture: register.prefecture,
        row,
        hospital,
        band: reading.band(row.band)!,
        answers,
        basis: reading.texts.basis(row)!,
        why: reasons?.(row.code).ministry ?? reading.texts.statement(row),
        note: notes.get(row.code) ?? null,
      }
    })
}

/**
 * 厚生労働省への報告: the columns of the setting, in its order. A question that this edition does not know is none.
 * @param questions the further questions of the edition
 */
export function ministryColumns(
  ids: readonly MinistryColumnId[],
  questions: readonly FurtherQuestion[] = [],
): Column<MinistryRow>[] {
  const labels = new Map(ministryColumnChoices(questions).map(({ id, label }) => [id, label]))
  return ids.flatMap((id) => {
    const header = labels.get(id)
    if (header === undefined) return []
    const value = isFurtherColumn(id) ? furtherCell(id, questions) : cellOf(id)
    return { header, value, number: id === 'order' ? 'place' : undefined }
  })
}

type Value = Column<MinistryRow>['value']

function furtherCell(id: FurtherField, questions: readonly FurtherQuestion[]): Value {
  const question = questions.find((each) => furtherField(each.id) === id)!
  return ({ answers }) => (answers && furtherText(question, answers.extra)) || null
}

function cellOf(id: Exclude<MinistryColumnId, FurtherField>): Value {
  if (isOwnColumn(id)) return OWN_VALUES[id]
  if (id === 'remarks')
    return ({ answers, note }) =>
      [answers && answerText(id, answers), note].filter(Boolean).join('\n') || null
  const ofMaster = OF_MASTER[id]
  return ({ answers, hospital }) => (answers && answerText(id, answers)) ?? ofMaster?.(hospital) ?? null
}

/** What the master knows as well, for a hospital that did not answer. */
const OF_MASTER: Partial<Record<string, (hospital: RegisterHospital) => string | null>> = {
  phone: ({ phone }) => phone && phoneText(phone),
  email: ({ email }) => email,
}

const OWN_VALUES: Record<OwnColumnId, Value> = {
  prefecture: ({ prefecture }) => prefecture,
  order: ({ row }) => row.order,
  code: ({ hospital }) => hospital.medicalCode,
  name: ({ hospital }) => hospital.name,
  address: ({ hospital }) => hospital.address,
  region: ({ hospital }) => hospital.region,
  beds: ({ hospital }) => hospital.beds,
  band: ({ band }) => bandLabel(band),
  basis: ({ basis }) => basis,
  why: ({ why }) => why,
}
