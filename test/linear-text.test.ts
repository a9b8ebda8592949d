import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type ZodType, z } from 'zod'
import { browserName } from '../src/admin/account/browser-name.ts'
import { parseLateLink, typedLateLink } from '../src/admin/late-links/form.ts'
import { readPolicy } from '../src/admin/policy/field-errors.ts'
import { parseScenarioName } from '../src/admin/policy/scenarios.ts'
import { POINT_FIELDS, sentPolicy, TIE_BREAK_FIELDS } from '../src/admin/policy/typed-policy.ts'
import { questionErrors, typedQuestion } from '../src/admin/questions/typed-question.ts'
import { localPath } from '../src/admin/session/next.ts'
import { typedTexts } from '../src/admin/settings/typed-settings.ts'
import * as fields from '../src/domain/answer/fields.ts'
import { parseSubmissionForm, SUBMISSION_FIELDS } from '../src/domain/answer/form.ts'
import { LIMITS, OTHER_HOSPITAL } from '../src/domain/answer/questions.ts'
import * as receipt from '../src/domain/answer/receipt.ts'
import * as hospitalCode from '../src/domain/master/code.ts'
import { hasLostCharacters, isRemainderOf } from '../src/domain/master/lost-characters.ts'
import * as region from '../src/domain/master/region.ts'
import { isBlank, wordKey } from '../src/domain/master/same-text.ts'
import { parseReason } from '../src/domain/record/reason.ts'
import { readCanonicalJson } from '../src/domain/selection/archive/canonical-reader.ts'
import { verifyArchive } from '../src/domain/selection/archive/verification.ts'
import { orderProblems } from '../src/domain/selection/moves.ts'
import { DEFAULT_POLICY, parsePolicy } from '../src/domain/selection/policy.ts'
import { policyWith } from '../src/domain/selection/policy-settings.ts'
import { parseMinistryColumns } from '../src/domain/survey/ministry-columns.ts'
import { SETTING_DEFAULTS } from '../src/domain/survey/settings.ts'
import { parseSettings } from '../src/domain/survey/settings-schema.ts'
import { canonicalJson } from '../src/domain/text/canonical.ts'
import * as cp932 from '../src/domain/text/cp932.ts'
import * as email from '../src/domain/text/email.ts'
import * as folding from '../src/domain/text/folding.ts'
import { networkOf } from '../src/domain/text/network.ts'
import * as normalForms from '../src/domain/text/normal-form.ts'
import { isOneAddress } from '../src/domain/text/one-address.ts'
import * as phone from '../src/domain/text/phone.ts'
import * as text from '../src/domain/text/text.ts'
import * as typedDates from '../src/domain/text/typed-dates.ts'
import { readAnnouncement, readValue } from '../src/office/lot/typed.ts'
import { hospitalChoices } from '../src/office/master/groups.ts'
import { passwordProblem } from '../src/office/password.ts'
import { hashOfRecoveryCode, stepOf } from '../src/office/second-factor.ts'
import { openDraft, sealDraft } from '../src/survey/answer/draft-link.ts'
import { aForm, aHospital } from './support/builders.ts'
import { CHARACTER_CLASSES, PLACES, runOf, superlinear } from './support/growth.ts'

/** A rule that takes the square of a text's length lets one sender stop the service for everybody. */

type Rule = (text: string) => unknown

const of = (schema: ZodType) => (typed: string) => schema.safeParse(typed)
const municipalities = [{ code: '201', name: '鹿児島市', region: '鹿児島' }]

/** Modules that are rules for text and nothing else: every function and every schema they export stands here. */
const RULES: readonly [module: object, rules: Record<string, Rule>][] = [
  [
    text,
    {
      withoutInvisible: text.withoutInvisible,
      normaliseText: text.normaliseText,
      normaliseMultiline: text.normaliseMultiline,
      normaliseKana: text.normaliseKana,
      normaliseDigits: text.normaliseDigits,
      normaliseWidth: text.normaliseWidth,
      normaliseAddress: text.normaliseAddress,
      normalisePhone: text.normalisePhone,
      asciiForms: text.asciiForms,
      normaliseEmail: text.normaliseEmail,
      withoutSentenceEnd: text.withoutSentenceEnd,
      within: text.within(LIMITS.remarks, text.normaliseMultiline),
      isFarTooLong: (typed) => text.isFarTooLong(typed, 10),
      lengthProblem: (typed) => text.lengthProblem('備考', typed, 10),
    },
  ],
  [
    typedDates,
    {
      readInstant: typedDates.readInstant,
      parseInstant: typedDates.parseInstant,
      readDay: typedDates.readDay,
      readMonth: typedDates.readMonth,
      readFiscalYear: typedDates.readFiscalYear,
    },
  ],
  [cp932, { ...cp932 }],
  [
    normalForms,
    { normalForm: (typed) => [normalForms.normalForm(typed, 'NFC'), normalForms.normalForm(typed, 'NFKC')] },
  ],
  [folding, { foldName: folding.foldName, variantsIn: (name) => folding.variantsIn([name]) }],
  [phone, { ...phone }],
  [email, { ...email }],
  [
    fields,
    {
      hospitalCode: of(fields.hospitalCode('病院名', () => null)),
      line: of(fields.line('病院名', 2_000)),
      lines: of(fields.lines('備考', 2_000)),
      address: of(fields.address('病院の所在地', 2_000)),
      required: of(fields.required('担当者名', 2_000)),
      beds: of(fields.beds('許可病床数', 9999)),
      phone: of(fields.phone('電話番号')),
      email: of(fields.email('メールアドレス')),
      month: of(fields.month('導入予定年月')),
      choice: of(fields.choice('選択', ['a'])),
      wholeNumber: of(fields.wholeNumber('数', { limit: 999_999_999, unit: 'か所', required: true })),
    },
  ],
  [
    hospitalCode,
    {
      normaliseMedicalCode: (typed) => hospitalCode.normaliseMedicalCode(typed, '46'),
      medicalCodeDoubt: (code) => hospitalCode.medicalCodeDoubt(code, '46'),
      spreadsheetCode: hospitalCode.spreadsheetCode,
      isPlausibleMedicalCode: (code) => hospitalCode.isPlausibleMedicalCode(code, '46'),
      withCheckDigit: hospitalCode.withCheckDigit,
    },
  ],
  [
    region,
    {
      regionOf: (name) => region.regionOf(municipalities, { name }),
      municipalityIn: (address) => region.municipalityIn(municipalities, address),
      findMunicipality: (code) => region.findMunicipality(municipalities, { code }),
      regionNamed: (name) => region.regionNamed(['鹿児島'], name),
      normaliseRegion: region.normaliseRegion,
      byRegion: (name) => region.byRegion(['鹿児島'])(name, '鹿児島'),
    },
  ],
]

/** Rules that stand beside other things. */
const MORE_RULES: Record<string, Rule> = {
  wordKey,
  isBlank,
  hasLostCharacters,
  isRemainderOf: (typed) => [isRemainderOf(typed, typed), isRemainderOf(`?${typed}?`, `髙${typed}髙`)],
  normaliseReceiptKey: receipt.normaliseReceiptKey,
  normaliseConfirmationCode: receipt.normaliseConfirmationCode,
  parseSubmissionForm: (typed) =>
    parseSubmissionForm(
      {
        ...aForm(Object.fromEntries(SUBMISSION_FIELDS.map((field) => [field, typed]))),
        hospitalCode: OTHER_HOSPITAL,
        emr: 'planned',
      },
      () => null,
    ),
  parseSettings: (typed) =>
    parseSettings(Object.fromEntries(Object.keys(SETTING_DEFAULTS).map((key) => [key, typed]))),
  policyWith: (typed) => policyWith(DEFAULT_POLICY, { tieBreak: typed, regionFloor: typed, [typed]: typed }),
  parseMinistryColumns,
  parseReason,
  parseScenarioName,
  policyForm: (typed) =>
    readPolicy(
      sentPolicy(
        Object.fromEntries(
          ['regionFloor', 'lotterySeed', 'supportPeriodEnd', ...POINT_FIELDS, ...TIE_BREAK_FIELDS]
            .concat(['min', 'max', 'seats', 'id'].map((field) => `bands.0.${field}`))
            .map((name) => [name, typed]),
        ),
      ),
    ),
  furtherQuestion: (typed) => {
    const body = Object.fromEntries(
      ['label', 'shortLabel', 'support', 'unit', 'newOptions'].map((name) => [name, typed]),
    )
    const question = typedQuestion({ ...body, kind: 'choice' }, null)
    return questionErrors(question, { questions: [], stored: null, optionIds: [], isAnswered: false })
  },
  announcedSource: (typed) => readAnnouncement({ source: typed, knownOn: typed }, null, new Date(0)),
  drawnValue: (typed) => readValue({ value: typed, witness1: typed, witness2: typed }),
  typedTexts: (typed) => typedTexts({ title: typed }, ['title']),
  lateLink: (typed) =>
    parseLateLink(
      typedLateLink({ hospitalCode: typed, lastDay: typed, reason: typed }),
      { hospitals: { byCode: () => null } } as unknown as Parameters<typeof parseLateLink>[1],
      { now: new Date(0), closesAt: new Date(0) },
    ),
  hospitalChoices: (typed) => hospitalChoices([aHospital()], { regions: ['鹿児島'], municipalities }, typed),
  localPath,
  localPathBehind: (typed) => localPath(`/admin/${typed}`),
  passwordProblem: (typed) =>
    passwordProblem(typed, {
      login: 'officer',
      name: '試験',
      settings: { prefecture: '鹿児島県', prefectureCode: '46' },
    }),
  networkOf,
  networkOfSix: (typed) => networkOf(`2001:db8::${typed}`),
  stepOf: (typed) => stepOf('JBSWY3DPEHPK3PXP', typed, new Date(0)),
  hashOfRecoveryCode,
  browserName,
  isOneAddress,
  isOneAddressOf: (typed) => isOneAddress(`a@${typed}`),
  mailAddress: (typed) => z.email().safeParse(`a@${typed}`),
  canonicalJson,
  readCanonicalJson: (typed) => readCanonicalJson(typed, 'root'),
  readCanonicalText: (typed) => readCanonicalJson(`["${typed}"]`, 'root'),
  verifyArchive,
  sealDraft: (typed) => sealDraft(aForm({ remarks: typed }), DRAFT),
  openDraft: (typed) => openDraft(typed, { secret: DRAFT.secret, now: new Date(0) }),
}

const DRAFT = { secret: 'a secret of the tests, at least 32 characters long', expiresAt: new Date(1) }

/** More than the longest raw text that any field lets through. */
const LONGEST = 10_240

const rules = [...RULES.flatMap(([, entries]) => Object.entries(entries)), ...Object.entries(MORE_RULES)]

test('every rule of the modules for text is tried', () => {
  for (const [module, entries] of RULES) {
    const exported = Object.entries(module).filter(([, value]) => isRule(value))
    expect(exported.map(([name]) => name).filter((name) => typeof entries[name] !== 'function')).toEqual([])
  }
  expect(LONGEST).toBeGreaterThan(10 * LIMITS.remarks)
})

test.each(rules)('%s is linear', async (_name, rule) => {
  expect(await superlinearRuns(rule, LONGEST)).toEqual([])
})

/** As many of them as the text has characters. */
const codesOf = (typed: string) => Array.from(typed, (_, index) => `c${index}`)

test.each<[string, Rule]>([
  ['codes that nobody knows', (typed) => orderProblems(['c'], codesOf(typed))],
  ['one code again and again', (typed) => orderProblems(['c'], [...typed])],
  ['bands', (typed) => parsePolicy({ ...DEFAULT_POLICY, bands: codesOf(typed).map(bandOf) })],
])('a list of %s is looked through in linear time', async (_name, rule) => {
  expect(await superlinear(rule, (length) => 'c'.repeat(length), { longest: 20_000 })).toBeNull()
})

function bandOf(id: string, index: number) {
  return { id, min: index, max: index, seats: 1 }
}

function isRule(value: unknown): boolean {
  return typeof value === 'function' || (typeof value === 'object' && value !== null && 'safeParse' in value)
}

async function superlinearRuns(rule: Rule, longest: number): Promise<string[]> {
  const found: string[] = []
  for (const [name, character] of Object.entries(CHARACTER_CLASSES))
    for (const [before, after] of PLACES) {
      const textOf = (length: number) => before + runOf(character, length) + after
      const growth = await superlinear(rule, textOf, { longest })
      if (growth) found.push(`${name} between 「${before}」 and 「${after}」, ${growth}`)
      if (found.length > 0) return found
    }
  return found
}

describe('what is far too long is refused before a rule reads it', () => {
  test.each([
    ['line', fields.line('担当部署', LIMITS.department), LIMITS.department, ' '],
    ['lines', fields.lines('備考', LIMITS.remarks), LIMITS.remarks, ' '],
  ])('%s: up to ten times the limit is brought into form', (_name, schema, limit, blank) => {
    expect(schema.safeParse(blank.repeat(10 * limit))).toEqual({ success: true, data: '' })
    const refused = schema.safeParse(blank.repeat(10 * limit + 1))
    const [most, now] = [limit, 10 * limit + 1].map((count) => count.toLocaleString('ja-JP'))
    const message = `${most}文字以内で入力してください（現在${now}文字）。`
    expect(refused.error?.issues[0]?.message).toContain(message)
  })

  test.each([
    ['phone', fields.phone('電話番号'), '099-000-0000', LIMITS.phone],
    ['email', fields.email('メールアドレス'), 'hanako@hospital.example.jp', LIMITS.email],
    ['beds', fields.beds('許可病床数', 9999), '120', 6],
    ['month', fields.month('導入予定年月'), '2024-09', 11],
  ])('%s likewise', (_name, schema, good, limit) => {
    expect(schema.safeParse(good + ' '.repeat(10 * limit - good.length)).data).toBe(good)
    expect(schema.safeParse(good + ' '.repeat(10 * limit)).success).toBe(false)
  })

  test('an officer’s texts likewise', () => {
    expect(parseReason(`架空${' '.repeat(4_998)}`)).toEqual({ ok: true, reason: '架空' })
    const tooLong = '理由は500文字以内で入力してください（現在5,001文字）。'
    expect(parseReason(`架空${' '.repeat(4_999)}`)).toEqual({ ok: false, message: tooLong })
    expect(parseScenarioName(`案${' '.repeat(400)}`).ok).toBe(false)
    expect(typedTexts({ title: `調査${' '.repeat(1_998)}` }, ['title']).title).toBe('調査')
    const title = `調査${' '.repeat(1_999)}`
    expect(typedTexts({ title }, ['title']).title).toBe(title)
    const parsed = parseSettings({ title })
    expect(!parsed.ok && parsed.refusals).toEqual([
      { key: 'title', message: '調査の名称は、200文字以内で入力してください。' },
    ])
  })
})

/** The source itself, so that a rule that nobody entered above is found as well. */
describe('in the source', () => {
  const SRC = resolve(import.meta.dirname, '../src')
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const sources = files.map((file) => [file, withoutComments(readFileSync(join(SRC, file), 'utf8'))] as const)
  const patterns = sources.flatMap(([file, source]) =>
    unboundedPatterns(source).map((literal) => [file, literal] as const),
  )

  test('there are patterns to be found', () => {
    expect(patterns.length).toBeGreaterThan(25)
  })

  test.each(patterns)('%s: %s is linear', async (_file, literal) => {
    const pattern = regExpOf(literal)
    const signs = [...new Set(literal.replace(/[\\^$*+?()[\]{}|a-z]/gi, ''))].slice(0, 8)
    const found: string[] = []
    for (const [before, character, after] of threesOf(signs)) {
      const textOf = (length: number) => before + runOf(character, length) + after
      const growth = await superlinear((typed) => typed.replace(pattern, ''), textOf, { longest: 8_192 })
      if (growth) found.push(`${JSON.stringify([before, character, after])}: ${growth}`)
      if (found.length > 0) break
    }
    expect(found).toEqual([])
  })

  test('normal forms are made in one place, which bounds the marks on a letter', () => {
    const files = sources.filter(([, source]) => /\.normalize\(/.test(source)).map(([file]) => file)
    expect(files.filter((file) => !file.endsWith('/normal-form.ts'))).toEqual([])
    expect(files).toHaveLength(1)
  })

  test('no list becomes the arguments of a call: a long one does not fit', () => {
    const spread = /\b(?:push|unshift|concat|max|min|fromCharCode|fromCodePoint|refusal)\([^()[\]{}]*\.\.\./
    expect(sources.filter(([, source]) => spread.test(source)).map(([file]) => file)).toEqual([])
  })
})

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}

const LITERAL =
  /(?:[(,=:[!&|?{};]|return|=>|^)\s*(\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[dgimsuvy]*)/gm

/** Literals with a quantifier that has no upper end. */
function unboundedPatterns(source: string): string[] {
  const literals = [...source.matchAll(LITERAL)].map(([, literal]) => literal!)
  return literals.filter((literal) => {
    const bare = literal.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x')
    return /[*+]|\{\d+,\}/.test(bare)
  })
}

function regExpOf(literal: string): RegExp {
  const end = literal.lastIndexOf('/')
  return new RegExp(literal.slice(1, end), literal.slice(end + 1))
}

/** A start, so that a pattern gets as far as the run; what runs; and an end at which the pattern fails. */
function threesOf(signs: readonly string[]): [before: string, character: string, after: string][] {
  const starts = ['', 'a', '1', ...signs.flatMap((sign) => [sign, `a${sign}`, `1${sign}`])]
  const characters = [...Object.values(CHARACTER_CLASSES), ...signs]
  return starts.flatMap((before) =>
    characters.flatMap((character) =>
      ['', 'b', '"', ...signs].map((after): [string, string, string] => [before, character, after]),
    ),
  )
}
