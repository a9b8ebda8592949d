import { foldName } from '../../domain/text/folding.ts'
import type { RowIssue } from '../table/row-issue.ts'
import type { ParsedHospital } from './reading.ts'

/** Rows whose 医療機関コード or 機関コード an earlier row has are errors: nobody can tell which of the two is right. */
export function withoutRepeatedCodes(parsed: readonly ParsedHospital[]): {
  hospitals: ParsedHospital[]
  errors: RowIssue[]
} {
  const firstRow = new Map<string, number>()
  const hospitals: ParsedHospital[] = []
  const errors: RowIssue[] = []
  for (const candidate of parsed) {
    const codes = codesOf(candidate)
    const repeated = codes.find(({ code }) => firstRow.has(code))
    if (repeated) errors.push(repetition(candidate, repeated, firstRow.get(repeated.code)!))
    else hospitals.push(candidate)
    for (const { code } of codes) if (!firstRow.has(code)) firstRow.set(code, candidate.row)
  }
  return { hospitals, errors }
}

/** One warning a name that several hospitals bear, at the last of them, naming all: they are easily taken for one another. */
export function sharedNames(parsed: readonly ParsedHospital[]): RowIssue[] {
  const byName = Map.groupBy(parsed, ({ hospital }) => foldName(hospital.name))
  return [...byName.values()]
    .filter((namesakes) => namesakes.length > 1)
    .map((namesakes) => {
      const list = namesakes.map(({ row, hospital }) => `${row}行目：${identity(hospital)}`).join('、')
      const { row, hospital } = namesakes.at(-1)!
      const message = `同じ名前の医療機関が${namesakes.length}件あります（${list}）。別の医療機関か確認してください。`
      return { row, hospital: hospital.name, message }
    })
}

interface Code {
  column: string
  code: string
}

function codesOf({ hospital }: ParsedHospital): Code[] {
  const codes = [
    { column: '医療機関コード', code: hospital.medicalCode },
    { column: '機関コード', code: hospital.naviiCode },
  ]
  return codes.flatMap(({ column, code }) => (code ? [{ column, code }] : []))
}

function repetition({ row, hospital }: ParsedHospital, { column, code }: Code, earlier: number): RowIssue {
  const message = `${column}「${code}」は、${earlier}行目と重複しています。`
  return { row, column, hospital: hospital.name, message }
}

function identity({ name, key: code, municipality }: ParsedHospital['hospital']): string {
  return `${name}（${municipality ? `${municipality}、` : ''}${code}）`
}
