import type { Hospital } from '../domain/master/hospital.ts'
import { fieldsOf } from '../web/fields.ts'
import type { Part } from './list/cell.ts'
import type { Column } from './list/table.ts'

/** The form that takes what is ticked, by its id. */
const CHOSEN_FORM = 'chosen'

/** Hospitals of a list that can be ticked for an act below it. */
export function chosenColumn<Row extends { hospital: Hospital }>(): Column<Row> {
  return {
    header: '選択',
    cell: ({ hospital: { key, name } }): Part => ({
      kind: 'check',
      text: '',
      name: 'hospital',
      value: key,
      form: CHOSEN_FORM,
      isChecked: false,
      says: `選択：${name}`,
    }),
    card: 'below',
  }
}

/** The rows whose hospitals a form or an address names; null where it names none. */
export function chosenRows<Row extends { hospital: Hospital }>(
  source: unknown,
  rows: readonly Row[],
): Row[] | null {
  const codes = new Set(fieldsOf(source).all('hospital'))
  if (codes.size === 0) return null
  return rows.filter(({ hospital: { key, medicalCode, naviiCode } }) =>
    [key, medicalCode, naviiCode].some((code) => code !== null && codes.has(code)),
  )
}

/** Names of many: the first of them, and how many more. */
export function namesText(hospitals: readonly Pick<Hospital, 'name'>[], most = 5): string {
  const named = hospitals.slice(0, most).map(({ name }) => name)
  const rest = hospitals.length - named.length
  return rest > 0 ? `${named.join('、')}ほか${rest}病院` : named.join('、')
}
