import {
  type FilingMapping,
  type FilingRule,
  filingKey,
  LONGEST_FILING,
  MOST_RULES,
  PUBLIC_FACT_IDS,
  type PublicFactId,
} from '../../domain/master/public-facts.ts'
import { letterDayText } from '../../domain/text/dates.ts'
import { normaliseText } from '../../domain/text/text.ts'
import type { fieldsOf } from '../../web/fields.ts'
import { dayPicker, typedDay } from '../typed-day.ts'

/** One line of the form, as it was typed. */
export interface TypedRule {
  name: string
  facts: PublicFactId[]
  from: string
  until: string
}

const BLANK: TypedRule = { name: '', facts: [], from: '', until: '' }
/** Lines for what comes to it. */
const MORE_LINES = 2

/** The lines of the form that shows a mapping. */
export function shownRules(mapping: FilingMapping): TypedRule[] {
  const lines = mapping.map(({ name, facts, from, until }) => ({
    name,
    facts: [...facts],
    from: from === null ? '' : letterDayText(from),
    until: until === null ? '' : letterDayText(until),
  }))
  return withMore(lines)
}

function withMore(lines: TypedRule[]): TypedRule[] {
  const used = lines.filter((line) => !isBlank(line))
  return [...used, ...Array.from({ length: MORE_LINES }, () => BLANK)].slice(0, MOST_RULES)
}

type Fields = ReturnType<typeof fieldsOf>

/** As a form says it: a line whose name is taken out is a rule no more. */
export function typedRules(fields: Fields): TypedRule[] {
  const lines = Array.from({ length: MOST_RULES }, (_, index) => ({
    name: normaliseText(fields.get(`name-${index}`)),
    facts: PUBLIC_FACT_IDS.filter((fact) => fields.get(`${fact}-${index}`) === 'yes'),
    from: fields.get(`from-${index}`).trim(),
    until: fields.get(`until-${index}`).trim(),
  }))
  return withMore(lines)
}

function isBlank({ name, facts, from, until }: TypedRule): boolean {
  return name === '' && facts.length === 0 && from === '' && until === ''
}

/**
 * The mapping that was typed, or one message a wrong field: `name-0`, `offlineBackup-0`, `from-0`, `until-0` of the lines
 * as `typedRules` has them.
 */
export function parseRules(
  lines: readonly TypedRule[],
  today: Date,
): { ok: true; mapping: FilingMapping } | { ok: false; errors: Record<string, string> } {
  const errors: Record<string, string> = {}
  const rules = lines.flatMap((line, index): FilingRule[] => {
    if (isBlank(line)) return []
    const read = (side: 'from' | 'until') => {
      if (line[side] === '') return null
      const day = typedDay(line[side], { label: `${placeOf(index)}の${SIDES[side]}`, example: today })
      if (!day.ok) errors[`${side}-${index}`] = day.message
      return day.ok ? day.day : null
    }
    const name = nameError(line.name, index)
    if (name) errors[`name-${index}`] = name
    if (line.facts.length === 0)
      errors[`${PUBLIC_FACT_IDS[0]}-${index}`] =
        `${placeOf(index)}の届出から分かる対策を1つ以上選択してください。`
    const [from, until] = [read('from'), read('until')]
    if (from !== null && until !== null && until < from)
      errors[`until-${index}`] =
        `${placeOf(index)}の「${SIDES.until}」が「${SIDES.from}」より前です。同じ日か、後の日を入力してください。`
    return [{ name: line.name, facts: line.facts, from, until }]
  })
  rules.forEach((rule, index) => {
    if (rules.slice(0, index).some((other) => isSame(other, rule)))
      errors[`name-${index}`] =
        `${placeOf(index)}と同じ届出、同じ期間の対応付けが上にあります。どちらか一方にしてください。`
  })
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, mapping: rules }
}

const SIDES = { from: '適用開始日', until: '適用終了日' } as const

/** 1件目 */
function placeOf(index: number): string {
  return `${index + 1}件目`
}

function nameError(name: string, index: number): string | null {
  if (name === '')
    return `${placeOf(index)}の届出の名称を入力してください。やめる場合は、この行をすべて空欄にしてください。`
  if (name.length > LONGEST_FILING)
    return `${placeOf(index)}の届出の名称は${LONGEST_FILING}文字以内で入力してください。`
  return null
}

function isSame(a: FilingRule, b: FilingRule): boolean {
  return filingKey(a.name) === filingKey(b.name) && a.from === b.from && a.until === b.until
}

/** What the view draws of a line. */
export function ruleFields(lines: readonly TypedRule[], errors: Record<string, string>) {
  return lines.map((line, index) => ({
    ...line,
    place: placeOf(index),
    pickers: { from: dayPicker(line.from), until: dayPicker(line.until) },
    errors: {
      name: errors[`name-${index}`] ?? '',
      facts: errors[`${PUBLIC_FACT_IDS[0]}-${index}`] ?? '',
      from: errors[`from-${index}`] ?? '',
      until: errors[`until-${index}`] ?? '',
    },
  }))
}
