import { z } from 'zod'
import { countSchema, nameSchema } from '../validation/field-schemas.ts'

/** 病床規模区分: `min` to `max` beds, both included; `max` null has no upper limit. */
const bandSchema = z.strictObject({
  id: nameSchema,
  min: countSchema,
  max: countSchema.nullable(),
  /** 支援枠 */
  seats: countSchema,
})
export type Band = z.infer<typeof bandSchema>

/** Bands in ascending order that do not overlap; gaps are allowed, as is a lower limit above 0. */
export const bandsSchema = z.array(bandSchema).superRefine((bands, context) => {
  const known = new Set<string>()
  bands.forEach((band, index) => {
    const refuse = (field: keyof Band, message: string) =>
      context.addIssue({ code: 'custom', path: [index, field], message })
    const before = bands[index - 1]
    if (known.has(band.id))
      refuse('id', `区分の id「${band.id}」が重複しています。区分ごとに異なる id を指定してください。`)
    known.add(band.id)
    if (band.max !== null && band.max < band.min)
      refuse('max', `上限（${band.max}）が下限（${band.min}）より小さくなっています。`)
    if (before && (before.max === null || band.min <= before.max))
      refuse(
        'min',
        `直前の区分「${before.id}」と重なっているか、順序が逆です。病床数の少ない区分から順に、重ならないように指定してください。`,
      )
  })
})

/** 「20～99床」「500床以上」, with the tilde that CP932 has. */
export function bandLabel(band: Pick<Band, 'min' | 'max'>): string {
  return band.max === null ? `${band.min}床以上` : `${band.min}～${band.max}床`
}

/** Where a hospital's beds lie in no band: in words, and in an address. */
export const NO_BAND = { id: 'none', label: '区分外' } as const

/** The position of the band these beds lie in, or -1. */
export function bandIndexOf(bands: readonly Band[], beds: number): number {
  return bands.findIndex(({ min, max }) => min <= beds && (max === null || beds <= max))
}

/** What a band is called where nobody gave it a name: `20-99`, `500-`. The limits may be as typed. */
export function derivedBandId({ min, max }: { min: number | string; max: number | string | null }): string {
  return `${min}-${max ?? ''}`
}

/** Such a name changes with the limits. */
export function isDerivedBandId(id: string): boolean {
  return /^\d+-\d*$/.test(id)
}
