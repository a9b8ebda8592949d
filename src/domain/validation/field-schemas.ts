import { z } from 'zod'

/** Far above any real count, and low enough for 100 × the beds of a whole country to stay an exact integer. */
const COUNT_MAX = 999_999_999
const MONTH_ADVICE = 'YYYY-MM の形で指定してください（例：2027-03）。'
const INSTANT_ADVICE =
  'UTC の日時を YYYY-MM-DDThh:mm:ss.sssZ の形で指定してください（例：2024-03-11T02:00:00.000Z）。'

/** A number of beds or seats. */
export const countSchema = z.int().min(0).max(COUNT_MAX)

/** A lone surrogate has no UTF-8 form: a text with one could be neither hashed nor ordered. */
export const textSchema = z
  .string()
  .refine((text) => text.isWellFormed(), '文字として扱えないデータが含まれています。入力し直してください。')

/** A text that names something: never empty. */
export const nameSchema = textSchema.min(1)

/** YYYY-MM: as texts, months compare like the time they name. */
export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, MONTH_ADVICE)

/** An instant in UTC. At most milliseconds: a finer one would be cut, and answers would tie that do not. */
export const instantSchema = z.iso
  .datetime({ error: INSTANT_ADVICE, abort: true })
  .regex(/^[^.]*(\.\d{1,3})?Z$/, INSTANT_ADVICE)

/** For a list of hospitals by code: each may be there once. `list` is what the file calls it. */
export function eachCodeOnce(list: string, advice: string) {
  return (entries: { code: string }[], context: z.core.$RefinementCtx): void => {
    const firstAt = new Map<string, number>()
    entries.forEach(({ code }, index) => {
      const first = firstAt.get(code)
      if (first === undefined) firstAt.set(code, index)
      else
        context.addIssue({
          code: 'custom',
          path: [index, 'code'],
          message: `医療機関コード「${code}」が ${list}[${first}] と重複しています。${advice}`,
        })
    })
  }
}
