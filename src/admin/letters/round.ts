import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import { LETTER_KINDS, type LetterKind } from '../../domain/record/letter.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { fieldsOf } from '../../web/fields.ts'

/** The round whose letters are asked for by `round`; without one the last that is confirmed. */
export function roundAsked({ editions }: Stores, source: unknown): ConfirmedEdition | null {
  const asked = fieldsOf(source).get('round')
  const newest = editions.newest()
  if (asked === '') return newest.at(-1) ?? null
  return newest.find(({ number }) => String(number) === asked) ?? null
}

/** The kind that is asked for by `kind`; null for all. */
export function kindAsked(source: unknown): LetterKind | null {
  const asked = fieldsOf(source).get('kind')
  return LETTER_KINDS.find(({ id }) => id === asked)?.id ?? null
}

export function roundLinks({ editions }: Stores, shown: number) {
  return editions.newest().map(({ number }) => ({
    href: `/admin/letters?round=${number}`,
    label: roundLabel(number),
    isCurrent: number === shown,
  }))
}

/** Of what a sending is made: nobody sends another text than was shown. */
export function shownLetters(
  { letters, publications }: Stores,
  { number, edition }: ConfirmedEdition,
): string {
  const texts = LETTER_KINDS.map(({ id }) => letters.textOf(id)?.id ?? 0)
  const shown = publications.all().findLast((each) => each.round === number)?.id ?? 0
  return [edition, shown, letters.headOf(number)?.id ?? 0, ...texts].join('-')
}
