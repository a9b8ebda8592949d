import type { GmisAnswers, KeptGmis } from '../../db/gmis.ts'
import type { Stores } from '../../db/stores.ts'
import { consentOf, type Sealed } from '../../domain/answer/sealed.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import {
  GMIS_FACT_IDS,
  GMIS_QUESTION_IDS,
  GMIS_QUESTIONS,
  type GmisMapping,
  type GmisQuestion,
  readAs,
  valueKey,
} from '../../domain/survey/gmis-mapping.ts'
import { canonicalJson, sha256Hex } from '../../domain/text/canonical.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { findQuestions, type QuestionColumns } from '../../files/gmis/questions.ts'
import { ERROR_VALUE_TEXT, isErrorValue } from '../../files/table/error-value.ts'
import type { RowIssue } from '../../files/table/row-issue.ts'
import type { LookedAt } from './look.ts'

/** A hospital that the file names. */
interface NamedHospital {
  hospital: Hospital
  row: number
}

/** A value that stands in a column, with how many hospitals have it and what it is taken for. */
interface FoundValue {
  value: string
  count: number
  readAs: boolean | null
}

interface ReadQuestion {
  question: GmisQuestion
  label: string
  /** The header of the column; null where the file has none for it. */
  column: string | null
  /** Of the hospitals that consented alone. */
  values: FoundValue[]
}

/** Of one fact, what was known and what the file says. */
interface FactChange {
  label: string
  before: boolean | null
  after: boolean | null
}

/** What a file says by a mapping, of the hospitals that let it be used. */
export interface GmisReading {
  questions: ReadQuestion[]
  /** Why nothing can be taken in by this mapping, in Japanese; null where something can. */
  problem: string | null
  used: NamedHospital[]
  withoutConsent: NamedHospital[]
  withoutAnswer: NamedHospital[]
  /** Say in the GMIS survey that they have an EMR, and here that they have none: there ordering systems count as one. */
  emrDiffers: NamedHospital[]
  /** Consented since the file was looked at: its answers were not kept, the file has to be looked at again. */
  consentedSince: NamedHospital[]
  added: NamedHospital[]
  changed: (NamedHospital & { changes: FactChange[] })[]
  unchanged: NamedHospital[]
  /** Known from an earlier file and not in this one. */
  missing: Hospital[]
  warnings: RowIssue[]
  errors: RowIssue[]
  answers: Map<string, Sealed<GmisAnswers>>
  /** Other than this as soon as anything of it is otherwise. */
  stamp: string
}

type Read = Pick<LookedAt, 'columns' | 'hospitals' | 'unknown' | 'warnings' | 'rows'> & {
  errors?: RowIssue[]
}

/** @param tried instead of the mapping that counts */
export function readGmis(stores: Stores, file: Read, tried?: GmisMapping): GmisReading {
  const current = stores.gmisMappings.current()
  const { version } = current
  const mapping = tried ?? current.mapping
  const found = findQuestions(file.columns, mapping)
  const currents = currentByHospital(stores.submissions.all())
  const hospitals = new Map(stores.hospitals.all().map((hospital) => [hospital.key, hospital]))
  const named = file.hospitals.flatMap(({ key, row }) => {
    const hospital = hospitals.get(key)
    return hospital ? [{ hospital, row }] : []
  })
  const groups = byConsent(file, named, currents)
  const opened = groups.used.map((each) => ({
    ...each,
    cells: file.rows.get(each.hospital.key)!.open(currents.get(each.hospital.key)!)!.value,
  }))
  const places = placesOf(file.columns, found.columns)
  const questions = GMIS_QUESTION_IDS.map((question) => ({
    question,
    label: labelOf(GMIS_QUESTIONS, question),
    column: found.columns[question],
    values: valuesIn(opened, places[question], (value) => readAs(mapping[question], value)),
  }))
  const kept = stores.gmis.kept()
  const answers = new Map(
    groups.used.map(({ hospital: { key } }) => [
      key,
      file.rows.get(key)!.map((cells) => answersIn(cells, places, found.columns, mapping)),
    ]),
  )
  const compared = opened.map((each) => ({
    ...each,
    before: kept.get(each.hospital.key) ?? null,
    after: answersIn(each.cells, places, found.columns, mapping),
  }))
  const errors = [...(file.errors ?? []), ...errorValues(opened, places, found.columns)]
  const inFile = new Set(named.map(({ hospital }) => hospital.key))
  const reading = {
    questions,
    problem: problemOf(found, mapping) ?? (errors.length + groups.used.length === 0 ? NOBODY : null),
    ...groups,
    ...differences(compared),
    emrDiffers: compared
      .filter(({ after, hospital }) => emrDiffers(after.emrClaimed, currents.get(hospital.key)))
      .map(({ hospital, row }) => ({ hospital, row })),
    missing: [...kept.keys()].filter((key) => !inFile.has(key)).map((key) => hospitals.get(key)!),
    warnings: [...missingWarnings(found, mapping), ...file.warnings],
    errors,
    answers,
  }
  return { ...reading, stamp: stampOf(version, file, reading, compared) }
}

/** Whether a hospital says in the GMIS survey that it has an EMR, and in its answer here that it has none. */
export function emrDiffers(
  claimed: boolean | null | undefined,
  current: Submission | null | undefined,
): boolean {
  return claimed === true && current?.answers.emr === 'none'
}

function currentByHospital(submissions: readonly Submission[]): Map<string | null, Submission> {
  const current = submissions.filter(({ state }) => state === 'current')
  return new Map(current.map((submission) => [submission.hospitalCode, submission]))
}

function byConsent(
  { rows }: Pick<Read, 'rows'>,
  named: readonly NamedHospital[],
  currents: ReadonlyMap<string | null, Submission>,
) {
  const consent = ({ hospital: { key } }: NamedHospital) => consentOf(currents.get(key) ?? null)
  const given = named.filter((each) => consent(each) === 'given')
  return {
    used: given.filter(({ hospital: { key } }) => rows.has(key)),
    consentedSince: given.filter(({ hospital: { key } }) => !rows.has(key)),
    withoutConsent: named.filter((each) => consent(each) === 'refused'),
    withoutAnswer: named.filter((each) => consent(each) === 'no-answer'),
  }
}

type Places = Record<GmisQuestion, number | null>

function placesOf(columns: readonly string[], found: QuestionColumns): Places {
  const place = (question: GmisQuestion) =>
    found[question] === null ? null : columns.indexOf(found[question])
  return Object.fromEntries(GMIS_QUESTION_IDS.map((each) => [each, place(each)])) as Places
}

function cellAt(cells: readonly string[], place: number | null): string {
  return place === null ? '' : (cells[place] ?? '')
}

function answersIn(
  cells: readonly string[],
  places: Places,
  columns: QuestionColumns,
  mapping: GmisMapping,
): GmisAnswers {
  const answer = (question: GmisQuestion) => readAs(mapping[question], cellAt(cells, places[question]))
  const asWritten = GMIS_QUESTION_IDS.flatMap((question) => {
    const column = columns[question]
    return column === null ? [] : [[question, { column, value: cellAt(cells, places[question]) }] as const]
  })
  return {
    offlineBackup: answer('offlineBackup'),
    bcp: answer('bcp'),
    networkControl: answer('networkControl'),
    emrClaimed: answer('emr'),
    cells: Object.fromEntries(asWritten),
  }
}

/** Blank ones are none. Those that are taken for nothing come first: they are to be looked at. */
function valuesIn(
  opened: readonly { cells: readonly string[] }[],
  place: number | null,
  read: (value: string) => boolean | null,
): FoundValue[] {
  const values = opened.map(({ cells }) => cellAt(cells, place)).filter((value) => value !== '')
  return [...Map.groupBy(values, valueKey).values()]
    .map((alike) => ({ value: alike[0]!, count: alike.length, readAs: read(alike[0]!) }))
    .sort((a, b) => b.count - a.count)
}

function errorValues(
  opened: readonly (NamedHospital & { cells: readonly string[] })[],
  places: Places,
  columns: QuestionColumns,
): RowIssue[] {
  return opened.flatMap(({ row, hospital, cells }) =>
    GMIS_QUESTION_IDS.filter((question) => isErrorValue(cellAt(cells, places[question]))).map((question) => ({
      row,
      column: columns[question]!,
      hospital: hospital.name,
      message: ERROR_VALUE_TEXT,
    })),
  )
}

type Compared = NamedHospital & { before: KeptGmis | null; after: GmisAnswers }

function differences(compared: readonly Compared[]) {
  const changes = compared.map(({ hospital, row, before, after }) => ({
    hospital,
    row,
    isNew: before === null,
    changes: before === null ? [] : changesOf(before, after),
  }))
  const plain = ({ hospital, row }: NamedHospital): NamedHospital => ({ hospital, row })
  return {
    added: changes.filter(({ isNew }) => isNew).map(plain),
    changed: changes
      .filter((each) => each.changes.length > 0)
      .map((each) => ({ ...plain(each), changes: each.changes })),
    unchanged: changes.filter((each) => !each.isNew && each.changes.length === 0).map(plain),
  }
}

function changesOf(before: KeptGmis, after: GmisAnswers): FactChange[] {
  const facts = GMIS_FACT_IDS.map((fact) => [fact, before[fact], after[fact]] as const)
  const all = [...facts, ['emr', before.emrClaimed, after.emrClaimed ?? null] as const]
  return all
    .filter(([, was, is]) => was !== is)
    .map(([question, was, is]) => ({ label: labelOf(GMIS_QUESTIONS, question), before: was, after: is }))
}

const NOBODY =
  '取り込める病院がありません。回答票で活用に同意した病院が、ファイルの中にあるか確認してください。'

type Found = ReturnType<typeof findQuestions>

function problemOf({ columns, ambiguous }: Found, mapping: GmisMapping): string | null {
  const [twice] = ambiguous
  if (twice) {
    const list = twice.columns.map((header) => `「${header}」`).join('、')
    return `設問「${mapping[twice.question].column}」（${labelOf(GMIS_QUESTIONS, twice.question)}）にあたる列が複数あります：${list}。設問の対応付けで、使う列を選択してください。`
  }
  if (GMIS_FACT_IDS.some((fact) => columns[fact] !== null)) return null
  const list = GMIS_FACT_IDS.filter((fact) => mapping[fact].column !== '').map(
    (fact) => `「${mapping[fact].column}」（${labelOf(GMIS_QUESTIONS, fact)}）`,
  )
  const what =
    list.length === 0
      ? '使う列が1つも選択されていません'
      : `${list.join('、')}の列が、ファイルに1つもありません`
  return `設問の対応付けが、このファイルに合っていません。${what}。設問の対応付けで、ファイルの列から選択してください。`
}

function missingWarnings({ missing }: Found, mapping: GmisMapping): RowIssue[] {
  return missing.map((question) => ({
    row: 1,
    column: mapping[question].column,
    message: `この設問の列がないため、「${labelOf(GMIS_QUESTIONS, question)}」は不明として扱います。`,
  }))
}

function stampOf(
  version: number,
  file: Read,
  {
    withoutConsent,
    withoutAnswer,
    missing,
  }: Pick<GmisReading, 'withoutConsent' | 'withoutAnswer' | 'missing'>,
  compared: readonly Compared[],
): string {
  const keys = (all: readonly NamedHospital[]) => all.map(({ hospital }) => hospital.key)
  const values = compared.map(({ hospital: { key }, before, after }) => [
    key,
    before && GMIS_FACT_IDS.map((fact) => before[fact]),
    GMIS_FACT_IDS.map((fact) => after[fact]),
  ])
  const all = [
    version,
    file.columns,
    values,
    keys(withoutConsent),
    keys(withoutAnswer),
    missing.map(({ key }) => key),
  ]
  return sha256Hex(canonicalJson(all)).slice(0, 16)
}
