import { expect, test } from 'vitest'
import type { TypedForm } from '../../src/domain/answer/form.ts'
import type { FurtherQuestion } from '../../src/domain/answer/further.ts'
import { EXAMPLE_2026 } from '../../src/domain/answer/further-example.ts'
import { LIMITS } from '../../src/domain/answer/questions.ts'
import { siteWith, visit } from '../support/browser.ts'
import { aForm } from '../support/builders.ts'
import { aFurther, askFurther } from '../support/further.ts'
import { formPost } from '../support/html.ts'

const site = siteWith({ shared: true, hospitals: [{ name: '長い名前の病院'.repeat(14) }] })

const full = (field: keyof typeof LIMITS) => '長'.repeat(LIMITS[field])
const lines = (length: number) => '行\n'.repeat(length / 2)
const LONG: Partial<TypedForm> = {
  department: full('department'),
  contactName: full('contactName'),
  email: `${'a'.repeat(60)}@${`${'b'.repeat(60)}.`.repeat(3)}jp`,
  emr: 'planned',
  emrPlannedMonth: '2024-09',
  intent: 'network',
  remarks: full('remarks'),
}

test.each<[what: string, answer: Partial<TypedForm>]>([
  ['an everyday answer', { remarks: '診療への影響が少ない土曜日の午後を希望します。' }],
  ['a remark of 1,000 characters', { remarks: full('remarks') }],
  ['everything as long as it may be', { ...LONG, masterCorrection: full('masterCorrection') }],
  [
    'everything as long as it may be, of a hospital outside the master',
    {
      ...LONG,
      hospitalCode: 'other',
      hospitalName: full('hospitalName'),
      hospitalAddress: full('hospitalAddress'),
      hospitalBeds: '9999',
    },
  ],
  [
    '500 lines',
    { ...LONG, remarks: lines(LIMITS.remarks), masterCorrection: lines(LIMITS.masterCorrection) },
  ],
  ['as many lines as are left', { remarks: lines(70), emr: 'planned', emrPlannedMonth: '2024-09' }],
])('%s is printed on one A4', async (_what, answer) => {
  const { pages, isPromised, remarks } = await printed(aForm(answer))
  expect(remarks).not.toBe('（記入なし）')
  expect([pages, isPromised]).toEqual([['595 842'], true])
})

const FURTHER = { 'q.links': '999999999', 'q.map': 'part', 'q.vendor': 'asking', 'q.cost': 'undecided' }
const TEN = Array.from({ length: 10 }, (_, index) => {
  const label = `${'質問'.repeat(29)}${index}`
  return aFurther({ id: `t${index}`, kind: 'text', label, shortLabel: label.slice(-16) })
})
const TEXTS = Object.fromEntries(TEN.map(({ id }) => [`q.${id}`, '文'.repeat(200)]))

test.each<
  [what: string, questions: readonly FurtherQuestion[], answer: object, sheets: number, promised: boolean]
>([
  ['an everyday answer', EXAMPLE_2026, FURTHER, 1, true],
  ['a long text', EXAMPLE_2026, { ...FURTHER, 'q.link_kinds': '種'.repeat(200) }, 1, true],
  ['five texts', TEN.slice(0, 5), TEXTS, 1, true],
  [
    'a long text beside the longest remark',
    EXAMPLE_2026,
    { ...FURTHER, 'q.link_kinds': '種'.repeat(200), remarks: full('remarks') },
    1,
    false,
  ],
  ['ten long texts', TEN, TEXTS, 2, false],
])(
  'with further questions %s: one A4 where the page promises it',
  async (_what, questions, answer, sheets, promised) => {
    const before = site.stores.questions.all().map((each) => ({ ...each, isEnded: true }))
    const asked = [...questions, ...before.filter(({ id }) => questions.every((one) => one.id !== id))]
    if (JSON.stringify(asked) !== JSON.stringify(site.stores.questions.all())) askFurther(site.stores, asked)
    const { pages, isPromised } = await printed({ ...aForm(), ...answer })
    expect([pages, isPromised]).toEqual([Array(sheets).fill('595 842'), promised])
  },
)

interface Printed {
  pages: string[]
  isPromised: boolean
  /** What stands last on the sheet. */
  remarks: string | null
}

async function printed(form: TypedForm): Promise<Printed> {
  const { page, context } = await visit({ javaScriptEnabled: false })
  await page.route(`${site.address}/survey`, async (route) => {
    const { body } = await site.app.inject(formPost('/survey/print', { ...form }))
    await route.fulfill({ body, contentType: 'text/html; charset=utf-8' })
  })
  await page.goto(`${site.address}/survey`)
  const isPromised = (await page.locator('.no-print').first().textContent())!.includes('A4判1枚')
  const remarks = await page.locator('.sheet__answers td').last().textContent()
  const pdf = await page.pdf({ preferCSSPageSize: true })
  await context.close()
  return { pages: pagesOf(pdf), isPromised, remarks }
}

/** Width and height of each page, in whole points: A4 is 595 by 842. */
function pagesOf(pdf: Buffer): string[] {
  const boxes = pdf.toString('latin1').matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g)
  return [...boxes].map(([, width, height]) => `${Math.round(Number(width))} ${Math.round(Number(height))}`)
}
