import { typedSeedProblem } from '../../domain/lot/lottery.ts'
import { derivedBandId } from '../../domain/selection/bands.ts'
import type { CountingQuestion } from '../../domain/selection/edition-questions.ts'
import { CRITERIA, type Policy, parsePolicy, TIE_BREAK_IDS } from '../../domain/selection/policy.ts'
import {
  readEarlierSupport,
  readSupportPeriodEnd,
  wholeNumber,
} from '../../domain/selection/policy-settings.ts'
import { questionKeyOf, questionKeys, questionsFrom } from '../../domain/selection/question-settings.ts'
import { RULE_LABELS } from '../../domain/selection/words/policy.ts'
import { QUESTION_LABELS } from '../../domain/selection/words/policy-questions.ts'
import { lengthProblem } from '../../domain/text/text.ts'
import {
  POINT_FIELDS,
  TEXT_LIMITS,
  TIE_BREAK_FIELDS,
  type TypedBand,
  type TypedPolicy,
} from './typed-policy.ts'

/** Messages by the name of the field, one each. */
export type FieldErrors = Record<string, string>

/** What was typed as a policy; or what is wrong with it, field by field. */
export function readPolicy(
  typed: TypedPolicy,
  { counting, kept, typesSeed = true }: PolicyRules = NO_QUESTIONS,
): { policy: Policy | null; errors: FieldErrors } {
  const { texts } = typed
  const further = questionsFrom(counting, texts, kept)
  const parsed = parsePolicy({
    supportPeriodEnd: readSupportPeriodEnd(texts.supportPeriodEnd!),
    bands: typed.bands.map(bandOf),
    regionFloor: wholeNumber(texts.regionFloor),
    shortfall: texts.shortfall,
    unknownValue: wholeNumber(texts.unknownValue),
    criteria: Object.fromEntries(CRITERIA.map(({ id }) => [id, wholeNumber(texts[`points.${id}`])])),
    tieBreak: TIE_BREAK_FIELDS.map((name) => texts[name]).filter((key) => key !== ''),
    lotterySeed: texts.lotterySeed,
    ...readEarlierSupport(texts.earlierSupport!),
    ...further,
  })
  const nameOf = (path: string) => questionKeyOf(path, further.questions ?? []) ?? fieldOf(path, typed)
  const problems = parsed.ok
    ? []
    : parsed.problems.map((problem) => ({ ...problem, name: nameOf(problem.path) }))
  const errors = { ...problemErrors(problems, typed, counting), ...formErrors(typed, typesSeed) }
  return { policy: parsed.ok && Object.keys(errors).length === 0 ? parsed.policy : null, errors }
}

/** The further questions that a policy may give points, and the policy that is changed. */
export interface PolicyQuestions {
  counting: readonly CountingQuestion[]
  kept: Pick<Policy, 'questions'>
}
/** The same, and whether the seed of the lot is typed into the form: one that is drawn may be blank in it. */
interface PolicyRules extends PolicyQuestions {
  typesSeed?: boolean
}
const NO_QUESTIONS: PolicyQuestions = { counting: [], kept: {} }

/** What a field is called in a message. */
export function fieldLabel(name: string, counting: readonly CountingQuestion[] = []): string {
  const band = /^bands\.(\d+)\.(\w+)$/.exec(name)
  if (band) return `病床規模区分の${Number(band[1]) + 1}行目の${BAND_LABELS[band[2]!]}`
  const criterion = CRITERIA.find(({ id }) => name === `points.${id}`)
  return criterion ? `「${criterion.label}」の配点` : (FIELD_LABELS[name] ?? questionLabel(name, counting))
}

/** 「ネットワーク構成図の有無」の配点, …の「なし」の評価値 */
function questionLabel(name: string, counting: readonly CountingQuestion[]): string {
  const [field, , id, option] = name.split('.')
  const question = counting.find((each) => each.id === id)!
  const chosen = question.options.find((each) => each.id === option)
  return `「${question.label}」の${chosen ? `「${chosen.label}」の` : ''}${QUESTION_FIELD_LABELS[field!]}`
}

const QUESTION_FIELD_LABELS: Record<string, string> = {
  points: '配点',
  value: '評価値',
  ineligible: '対象外の指定',
  ...QUESTION_LABELS,
}

const BAND_LABELS: Record<string, string> = { min: '下限', max: '上限', seats: '枠' }
const { regionFloor, shortfall, supportPeriodEnd, tieBreak, lotterySeed, unknownValue, earlierSupport } =
  RULE_LABELS
/** In the order of the page. */
const FIELD_LABELS: Record<string, string> = {
  regionFloor,
  shortfall,
  supportPeriodEnd,
  earlierSupport,
  ...Object.fromEntries(TIE_BREAK_FIELDS.map((name, index) => [name, `${tieBreak}（${index + 1}番目）`])),
  lotterySeed,
  unknownValue,
}

/** Every field, in the order of the page. */
export function fieldNames({ bands }: TypedPolicy, counting: readonly CountingQuestion[] = []): string[] {
  const rows = Array.from({ length: Math.max(1, bands.length) }, (_, row) => row)
  const cells = rows.flatMap((row) => Object.keys(BAND_LABELS).map((field) => `bands.${row}.${field}`))
  const { unknownValue: _, ...rules } = FIELD_LABELS
  return [...cells, ...Object.keys(rules), ...POINT_FIELDS, ...counting.flatMap(questionKeys), 'unknownValue']
}

function bandOf({ id, min, max, seats }: TypedBand) {
  return {
    id: id || derivedBandId({ min, max }),
    min: wholeNumber(min),
    max: max === '' ? null : wholeNumber(max),
    seats: wholeNumber(seats),
  }
}

function problemErrors(
  problems: readonly { name: string; message: string }[],
  typed: TypedPolicy,
  counting: readonly CountingQuestion[],
): FieldErrors {
  const errors: FieldErrors = {}
  for (const { name, message } of problems) {
    const text = textOf(name, typed)
    if (name.endsWith('.id')) {
      // A name made from the limits repeats where the limits do, and that is said there.
      if (text !== '') errors[limitOf(name)] ??= nameProblem(name)
      continue
    }
    errors[name] ??=
      text === ''
        ? `${fieldLabel(name, counting)}を入力してください。`
        : `${fieldLabel(name, counting)}：${message}`
  }
  return errors
}

/** `bands[1].min` → `bands.1.min`, `criteria.bcp` → `points.bcp`, and the first tie-break key that cannot be. */
function fieldOf(path: string, { texts }: TypedPolicy): string {
  if (!path.startsWith('tieBreak')) return path.replace(/\[(\d+)\]/, '.$1').replace(/^criteria\./, 'points.')
  const keys = TIE_BREAK_FIELDS.map((name) => texts[name]!)
  const isWrong = (key: string, index: number) =>
    key !== '' && (!isTieBreak(key) || keys.indexOf(key) < index)
  return TIE_BREAK_FIELDS[keys.findIndex(isWrong)]!
}

function isTieBreak(key: string): boolean {
  return TIE_BREAK_IDS.some((id) => id === key)
}

function textOf(name: string, { bands, texts }: TypedPolicy): string {
  const [, row, field] = name.split('.')
  return name.startsWith('bands.') ? bands[Number(row)]![field as keyof TypedBand] : texts[name]!
}

/** What is said better here than of a file: the rows are in order, so that bands can only overlap. */
function formErrors({ bands, texts }: TypedPolicy, typesSeed: boolean): FieldErrors {
  const errors: FieldErrors = {}
  if (bands.length === 0) errors['bands.0.min'] = '病床規模区分を1つ以上入力してください。'
  bands.forEach(({ min, id }, row) => {
    if (lengthProblem('', id, TEXT_LIMITS.id)) errors[`bands.${row}.min`] = nameProblem(`bands.${row}.id`)
    const before = bands[row - 1]
    if (
      before &&
      wholeNumber(min) <= (before.max === '' ? Number.POSITIVE_INFINITY : wholeNumber(before.max))
    )
      errors[`bands.${row}.min`] =
        `${fieldLabel(`bands.${row}.min`)}：${row}行目の区分（${rangeText(before)}）と重なっています。重ならないように、下限か上限を直してください。`
  })
  if (!typesSeed) return errors
  if (texts.lotterySeed === '' && TIE_BREAK_FIELDS.some((name) => texts[name] === 'lottery'))
    errors.lotterySeed =
      '抽選に用いる文字列：「抽選」で順位を決めるときは、空欄にできません。日付などの文字列を入力してください。'
  const tooLong = lengthProblem(lotterySeed, texts.lotterySeed!, TEXT_LIMITS.lotterySeed)
  if (tooLong) errors.lotterySeed = tooLong
  const asDrawn = typedSeedProblem(texts.lotterySeed!)
  if (asDrawn) errors.lotterySeed = `${lotterySeed}：${asDrawn}`
  return errors
}

/** What files call a band stands in no field of the page: it is said where the row begins. */
function limitOf(name: string): string {
  return name.replace(/id$/, 'min')
}

function nameProblem(name: string): string {
  const row = Number(name.split('.')[1]) + 1
  return `病床規模区分の${row}行目：ファイルで用いる記号が、ほかの行と重複しているか、長すぎます。この行を空欄にして、空いている行に入力し直してください。`
}

function rangeText({ min, max }: TypedBand): string {
  return max === '' ? `${min}床以上` : `${min}～${max}床`
}
