import {
  FURTHER_KIND_IDS,
  FURTHER_LIMITS,
  type FurtherKind,
  type FurtherOption,
  type FurtherQuestion,
} from '../../domain/answer/further.ts'
import {
  brokenByChange,
  newOptionId,
  newQuestionId,
  type SettledPart,
} from '../../domain/answer/further-change.ts'
import { QUESTIONS } from '../../domain/answer/questions.ts'
import { firstUnknownCharacter } from '../../domain/text/cp932.ts'
import { lengthProblem, normaliseMultiline, normaliseText, within } from '../../domain/text/text.ts'
import { fieldsOf } from '../../web/fields.ts'

/** A further question as an officer types it. */
export interface TypedQuestion {
  kind: string
  label: string
  shortLabel: string
  support: string
  required: string
  unit: string
  /** Of those that there are: as they are to be called, and whether they are offered no more. */
  options: readonly FurtherOption[]
  /** One a line. */
  newOptions: string
}

/** In the order of the form, by the anchors of its controls. */
export type QuestionErrors = Record<string, string | null>

interface Standing {
  /** All that there are. */
  questions: readonly FurtherQuestion[]
  /** Null of a new one. */
  stored: FurtherQuestion | null
  /** Of its options, those that are gone too. */
  optionIds: readonly string[]
  isAnswered: boolean
}

export function blankQuestion(): TypedQuestion {
  const texts = { label: '', shortLabel: '', support: '', unit: '', newOptions: '' }
  return { ...texts, kind: '', required: '', options: [] }
}

export function asTyped(question: FurtherQuestion): TypedQuestion {
  return { ...question, required: question.required ? 'yes' : 'no', newOptions: '' }
}

export function typedQuestion(body: unknown, stored: FurtherQuestion | null): TypedQuestion {
  const fields = fieldsOf(body)
  const text = (name: string, limit: number) => within(limit, normaliseText)(fields.get(name))
  const longest = FURTHER_LIMITS.options * (FURTHER_LIMITS.option + 1)
  return {
    kind: fields.get('kind'),
    label: text('label', FURTHER_LIMITS.label),
    shortLabel: text('shortLabel', FURTHER_LIMITS.shortLabel),
    support: text('support', FURTHER_LIMITS.support),
    required: fields.get('required'),
    unit: text('unit', FURTHER_LIMITS.unit),
    options: (stored?.options ?? []).map(({ id }) => ({
      id,
      label: text(optionField(id), FURTHER_LIMITS.option),
      isEnded: fields.get(endedField(id)) === 'yes',
    })),
    newOptions: within(longest, normaliseMultiline)(fields.get('newOptions')),
  }
}

/** What is typed for an option that there is, and whether it is offered no more. */
export function optionField(id: string): string {
  return `option.${id}`
}

export function endedField(id: string): string {
  return `ended.${id}`
}

/** The question as it would be kept. What another kind would need is left out. */
export function asQuestion(
  typed: TypedQuestion,
  { questions, stored, optionIds }: Omit<Standing, 'isAnswered'>,
): FurtherQuestion {
  const kind = kindOf(typed.kind) ?? 'text'
  return {
    id: stored?.id ?? newQuestionId(questions),
    kind,
    label: typed.label,
    shortLabel: typed.shortLabel || (typed.label.length <= FURTHER_LIMITS.shortLabel ? typed.label : ''),
    support: typed.support,
    required: typed.required === 'yes',
    unit: kind === 'number' ? typed.unit : '',
    options: kind === 'choice' ? optionsOf(typed, optionIds) : [],
    isEnded: stored?.isEnded ?? false,
  }
}

function kindOf(text: string): FurtherKind | null {
  return FURTHER_KIND_IDS.find((id) => id === text) ?? null
}

/** Those that there are, but for the ones that were blanked; then the new ones. */
function optionsOf({ options, newOptions }: TypedQuestion, optionIds: readonly string[]): FurtherOption[] {
  const known = optionIds.map((id) => ({ id }))
  const added = linesOf(newOptions).map((label) => {
    const id = newOptionId(known)
    known.push({ id })
    return { id, label, isEnded: false }
  })
  return [...options.filter(({ label }) => label !== ''), ...added]
}

function linesOf(text: string): string[] {
  return text.split('\n').map(normaliseText).filter(Boolean)
}

/** One message a field, in Japanese, saying what to do; null where nothing is wrong. */
export function questionErrors(typed: TypedQuestion, standing: Standing): QuestionErrors {
  const { questions, stored, isAnswered } = standing
  const question = asQuestion(typed, standing)
  const others = questions.filter(({ id }) => id !== stored?.id)
  const settled = isAnswered && stored ? brokenByChange([stored], [question], new Set([stored.id])) : []
  const kept = (part: SettledPart) => (settled.some((each) => each.part === part) ? SETTLED[part] : null)
  const taken = (name: string, text: string, labels: readonly string[]) =>
    labels.includes(text) ? `${name}「${text}」は、ほかの質問で使っています。別の言葉にしてください。` : null
  return {
    label:
      textError('質問', typed.label, FURTHER_LIMITS.label) ??
      taken(
        '質問',
        typed.label,
        [...QUESTIONS, ...others].map(({ label }) => label),
      ),
    kind: kindOf(typed.kind) === null ? '回答の種類を選択してください。' : kept('kind'),
    required:
      typed.required === 'yes' || typed.required === 'no'
        ? kept('required')
        : '回答を必須とするかどうかを選択してください。',
    unit:
      (question.unit === '' ? null : textError('単位', question.unit, FURTHER_LIMITS.unit)) ?? kept('unit'),
    ...(question.kind === 'choice' ? optionErrors(typed, question, isAnswered) : {}),
    support: typed.support === '' ? null : textError('補足の説明', typed.support, FURTHER_LIMITS.support),
    shortLabel:
      shortLabelError(typed, question) ?? taken('列の見出し', question.shortLabel, headings(others)),
  }
}

/** What stands at the head of other columns. */
function headings(others: readonly FurtherQuestion[]): string[] {
  const fixed = QUESTIONS.flatMap(({ shortLabel, fileLabel }) => [shortLabel, fileLabel])
  return [...fixed, ...others.map(({ shortLabel }) => shortLabel)]
}

function shortLabelError(typed: TypedQuestion, { shortLabel }: FurtherQuestion): string | null {
  if (shortLabel !== '') return textError('列の見出し', shortLabel, FURTHER_LIMITS.shortLabel)
  return typed.label === ''
    ? null
    : `質問が${FURTHER_LIMITS.shortLabel}文字を超えるため、列の見出しを入力してください。`
}

const SETTLED: Record<SettledPart, string> = {
  kind: '既に回答があるため、回答の種類は変更できません。別の種類で尋ねる場合は、この質問を終了し、新しい質問を追加してください。',
  unit: '既に回答があるため、単位は変更できません。別の単位で尋ねる場合は、この質問を終了し、新しい質問を追加してください。',
  required:
    '既に回答があるため、必須か任意かは変更できません。変える場合は、この質問を終了し、新しい質問を追加してください。',
  options: '既に回答があるため、選択肢は削除できません。「受付を終了する」にしてください。',
  question: '既に回答があるため、質問は削除できません。終了してください。',
}

/** Each option by its own field; what is wrong with all of them by that of the new ones. */
function optionErrors(typed: TypedQuestion, question: FurtherQuestion, isAnswered: boolean): QuestionErrors {
  const labels = question.options.map(({ label }) => label)
  const twice = (label: string) => labels.indexOf(label) !== labels.lastIndexOf(label)
  const own = typed.options.map(({ id, label }, index): [string, string | null] => {
    const name = `選択肢${index + 1}`
    if (label === '') return [optionField(id), isAnswered ? `${name}：${SETTLED.options}` : null]
    return [
      optionField(id),
      textError(name, label, FURTHER_LIMITS.option) ?? (twice(label) ? sameLabel(name, label) : null),
    ]
  })
  const isWrong = own.some(([, error]) => error !== null)
  return { ...Object.fromEntries(own), newOptions: isWrong ? null : newOptionsError(typed, question, twice) }
}

function newOptionsError(
  { newOptions }: TypedQuestion,
  { options }: FurtherQuestion,
  twice: (label: string) => boolean,
): string | null {
  const isNew = options.length <= linesOf(newOptions).length
  const name = isNew ? '選択肢' : '追加する選択肢'
  for (const [index, label] of linesOf(newOptions).entries()) {
    const line = `${name}の${index + 1}行目`
    const error =
      textError(line, label, FURTHER_LIMITS.option) ?? (twice(label) ? sameLabel(line, label) : null)
    if (error) return error
  }
  const offered = options.filter(({ isEnded }) => !isEnded).length
  if (offered < 2)
    return `選択肢は、2つ以上必要です。${isNew ? '' : '追加する選択肢を、'}1行に1つずつ入力してください。`
  return offered > FURTHER_LIMITS.options
    ? `選択肢は${FURTHER_LIMITS.options}個までです（現在${offered}個）。減らしてください。`
    : null
}

function sameLabel(name: string, label: string): string {
  return `${name}「${label}」は、ほかの選択肢と同じです。別の言葉にしてください。`
}

function textError(name: string, text: string, limit: number): string | null {
  if (text === '') return `${name}を入力してください。`
  const unknown = firstUnknownCharacter(text)
  return (
    lengthProblem(name, text, limit) ??
    (unknown && `${name}の${unknown.position}文字目は、使えない文字です。削除してください。`)
  )
}
