import { BED_TYPE_IDS, HOSPITAL_FUNCTIONS, INSPECTIONS } from '../../domain/master/hospital.ts'
import type { CellField } from '../../domain/master/open-cells.ts'
import { shippedGeography } from '../../files/geography/shipped-geography.ts'
import { type FieldIssue, TYPED_COLUMNS, type TypedCells } from '../../files/hospitals/typed.ts'
import type { Site } from '../../web/site.ts'

type Kind = 'text' | 'choice' | 'boxes'

interface FieldPlan {
  field: CellField
  size?: 's' | 'm' | 'l'
  support?: string
  isRequired?: boolean
  inputmode?: string
}

interface GroupPlan {
  heading: string
  note?: string
  fields: readonly FieldPlan[]
}

const GROUPS: readonly GroupPlan[] = [
  {
    heading: '名称とコード',
    note: '医療機関コードと機関コードは、少なくとも一方を入力してください。',
    fields: [
      { field: 'name', isRequired: true },
      { field: 'kana' },
      {
        field: 'medicalCode',
        size: 'm',
        support: '10桁の数字。7桁で入力した場合は、先頭の3桁を補います。',
        inputmode: 'numeric',
      },
      { field: 'naviiCode', size: 'm', support: '医療情報ネット（ナビイ）の機関コード。' },
      { field: 'gmisId', size: 'm' },
      { field: 'ownership', size: 'm' },
    ],
  },
  {
    heading: '所在地と連絡先',
    fields: [
      { field: 'municipality', size: 'm', isRequired: true },
      { field: 'region', size: 'm', support: '選択しない場合は、市町村から補います。' },
      { field: 'postcode', size: 's', inputmode: 'numeric' },
      { field: 'address' },
      { field: 'phone', size: 'm', inputmode: 'tel' },
      { field: 'fax', size: 'm', inputmode: 'tel' },
      { field: 'email', inputmode: 'email' },
    ],
  },
  {
    heading: '病床',
    note: '許可病床数が空欄の場合は、病床種別の合計を登録します。',
    fields: [
      { field: 'beds', size: 's', inputmode: 'numeric' },
      ...BED_TYPE_IDS.map((field) => ({ field, size: 's', inputmode: 'numeric' }) as const),
    ],
  },
  {
    heading: '選定に関すること',
    fields: [
      { field: 'functions' },
      { field: 'inspection', size: 's' },
      { field: 'supportedIn', size: 'm', support: '以前に支援を受けた年度。例：令和6年度' },
    ],
  },
]

interface HospitalField extends Required<Omit<FieldPlan, 'field'>> {
  name: CellField
  kind: Kind
  label: string
  value: string
  choices: { value: string; label: string; isChosen: boolean }[]
  error: string
  warning: string
  /** As the master has it, where somebody changed it while the form was open. */
  now: string | null
}

export interface HospitalFieldGroup {
  heading: string
  note: string
  fields: HospitalField[]
}

interface Beside {
  site: Site
  errors: readonly FieldIssue[]
  warnings: readonly FieldIssue[]
  /** As the master has it, to be shown where it differs from what was typed; null where nobody was faster. */
  now: TypedCells | null
}

/** The form's fields with what stands in them and what is wrong with it. */
export function hospitalFields(
  typed: TypedCells,
  { site, errors, warnings, now }: Beside,
): HospitalFieldGroup[] {
  const messageOf = (issues: readonly FieldIssue[], wanted: CellField) =>
    issues
      .filter(({ field }) => field === wanted)
      .map(({ message }) => message)
      .join('')
  return GROUPS.map(({ heading, note = '', fields }) => ({
    heading,
    note,
    fields: fields.map(({ field, size = 'l', support = '', isRequired = false, inputmode = 'text' }) => {
      const value = typed[field] ?? ''
      const choices = choicesOf(field, value, site)
      const standing = now?.[field] ?? ''
      return {
        name: field,
        kind: field === 'functions' ? 'boxes' : choices.length > 0 ? 'choice' : 'text',
        label: TYPED_COLUMNS.find(({ cell }) => cell === field)!.header,
        value,
        choices,
        size,
        support,
        isRequired,
        inputmode,
        error: messageOf(errors, field),
        warning: messageOf(warnings, field),
        now: now !== null && standing !== value ? standing || '（空欄）' : null,
      }
    }),
  }))
}

function choicesOf(field: CellField, value: string, site: Site): HospitalField['choices'] {
  const { municipalities, regions } = shippedGeography(site.prefectureCode)
  const ticked = value.split(';')
  const one = (labels: readonly string[], blank: string) => [
    { value: '', label: blank, isChosen: value === '' },
    // What the list does not have stays choosable, where the master has it.
    ...[...new Set([...labels, ...(value === '' ? [] : [value])])].map((label) => ({
      value: label,
      label,
      isChosen: label === value,
    })),
  ]
  if (field === 'functions')
    return HOSPITAL_FUNCTIONS.map(({ label }) => ({ value: label, label, isChosen: ticked.includes(label) }))
  if (field === 'inspection')
    return one(
      INSPECTIONS.map(({ label }) => label),
      '未把握',
    ).filter(({ value }) => value !== '')
  if (field === 'municipality' && municipalities.length > 0)
    return one(
      municipalities.map(({ name }) => name),
      '選択してください',
    )
  if (field === 'region' && regions.length > 0) return one(regions, '市町村から補う')
  return []
}
