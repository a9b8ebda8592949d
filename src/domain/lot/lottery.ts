import { z } from 'zod'
import { sha256Hex } from '../text/canonical.ts'
import { normalForm } from '../text/normal-form.ts'
import { compareText } from '../text/text-order.ts'
import { instantSchema, nameSchema } from '../validation/field-schemas.ts'
import type { LotMethod } from './method.ts'

const LOTTERY_FORMAT = 'kakuho.lottery/1'

/** As it is hashed and compared: without white space around it, in one form. */
const plainSchema = nameSchema.refine(
  (text) => text === plainText(text),
  '前後の空白を除き、NFC に正規化した文字列で指定してください。',
)

/** A line is `NUMBER:KUJI`. */
const numberSchema = nameSchema.regex(/^[^:\n]+$/, '受付番号に「:」や改行は使えません。')
const lotSchema = z.string().regex(/^\d{3}$/, 'くじ番号を3桁の数字で指定してください。')

const listSchema = z
  .array(z.strictObject({ number: numberSchema, lot: lotSchema }))
  .superRefine((list, context) => {
    const at = list.findIndex(
      ({ number }, index) => index > 0 && compareText(list[index - 1]!.number, number) >= 0,
    )
    if (at > 0)
      context.addIssue({
        code: 'custom',
        path: [at, 'number'],
        message: '受付番号の順に、1回ずつ並べてください。',
      })
  })

const drawnShape = {
  format: z.literal(LOTTERY_FORMAT),
  drawnAt: instantSchema,
  /** The login of who drew. */
  by: nameSchema,
  /** The deadline in force at the draw. */
  closesAt: instantSchema,
  seed: nameSchema,
}

const daySchema = z.iso.date('YYYY-MM-DD の形で指定してください（例：2027-03-31）。')

/** The draw of a round as it is frozen with it. Where the seed is a text of the policy there is none. */
export const lotterySchema = z.discriminatedUnion(
  'method',
  [
    z.strictObject({ ...drawnShape, method: z.literal('receipts'), list: listSchema }),
    z.strictObject({
      ...drawnShape,
      method: z.literal('announced'),
      /** In words: whose result is taken. */
      source: plainSchema,
      announcedAt: instantSchema,
      knownOn: daySchema,
      value: plainSchema,
      witnesses: z.tuple([plainSchema, plainSchema]),
      /** What was typed wrong and put right before the confirmation, the first one first. */
      corrections: z.array(
        z.strictObject({ at: instantSchema, by: nameSchema, from: plainSchema, reason: nameSchema }),
      ),
    }),
  ],
  {
    error: ({ code }) =>
      code === 'invalid_union' ? '「receipts」または「announced」のいずれかを指定してください。' : undefined,
  },
)
export type Lottery = z.infer<typeof lotterySchema>
export type ReceiptsLottery = Extract<Lottery, { method: 'receipts' }>
export type AnnouncedLottery = Extract<Lottery, { method: 'announced' }>

/** 受付番号 and くじ番号 of an answer. */
export type LotLine = ReceiptsLottery['list'][number]

/** A draw with its seed, which follows from it. */
export function lotteryOf(
  draw: Omit<ReceiptsLottery, 'format' | 'seed'> | Omit<AnnouncedLottery, 'format' | 'seed'>,
): Lottery {
  return { format: LOTTERY_FORMAT, ...draw, seed: seedOf(draw) }
}

/** What a draw orders equal hospitals by, computed anew from what was drawn: the seed that it names has no say. */
export function seedOf(
  draw: Pick<ReceiptsLottery, 'method' | 'list'> | Pick<AnnouncedLottery, 'method' | 'source' | 'value'>,
): string {
  if (draw.method === 'announced') return `${ANNOUNCED}${draw.source}:${draw.value}`
  return `receipts:${sha256Hex(draw.list.map(lineText).join(''))}`
}

export const ANNOUNCED = 'announced:'

/** Whether a seed reads as one that was drawn: then there is a draw that it follows from. */
export function isDrawnSeed(seed: string): boolean {
  return /^receipts:[0-9a-f]{64}$/.test(seed) || seed.startsWith(ANNOUNCED)
}

/** Why a text cannot be typed as a seed: it would stand for a draw that there never was. Null where it can. */
export function typedSeedProblem(seed: string): string | null {
  return isDrawnSeed(seed)
    ? '「announced:」で始まる文字列と、「receipts:」に64桁の16進数が続く文字列は、抽選により定まるものです。日付などの別の文字列を入力してください。'
    : null
}

/** `R-0001:042` and a line feed. */
export function lineText({ number, lot }: LotLine): string {
  return `${number}:${lot}\n`
}

/** 7 → 007 */
export function lotText(lot: number): string {
  return String(lot).padStart(3, '0')
}

/** くじ番号 as a receipt has it; null where it has none, or where nothing is drawn by them. */
export function lotOnReceipt(method: LotMethod, { lot }: { lot: number | null }): string | null {
  return method === 'receipts' && lot !== null ? lotText(lot) : null
}

/** The list of a draw: くじ番号 by 受付番号, in code point order. */
export function lotList(answers: readonly { number: string; lot: number }[]): LotLine[] {
  return answers
    .map(({ number, lot }) => ({ number, lot: lotText(lot) }))
    .sort((a, b) => compareText(a.number, b.number))
}

/** くじ番号 by 受付番号; empty where nothing was drawn by them. */
export function lotsOf(lottery: Lottery | null): ReadonlyMap<string, string> {
  return new Map(lottery?.method === 'receipts' ? lottery.list.map(({ number, lot }) => [number, lot]) : [])
}

/** As a source, a value or a name of a draw is kept. */
export function plainText(text: string): string {
  return normalForm(text, 'NFC').trim()
}
