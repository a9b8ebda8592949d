import type { Publication } from '../../db/publications.ts'
import type { Stores } from '../../db/stores.ts'

/** Whether receipts show a round's result. */
interface RoundPublication {
  isShown: boolean
  /** They show a hospital its own points as well. Never by the survey's setting. */
  showsPoints: boolean
  /** As it was decided last; null where the setting of the survey says it. */
  last: Publication | null
}

/**
 * Decided per round. A round of which nobody has decided anything goes by the setting, as all did before.
 * @param byDefault the setting of the survey
 */
export function publicationReader(
  { publications }: Pick<Stores, 'publications'>,
  byDefault: boolean,
): (round: number) => RoundPublication {
  const decided = publications.all()
  return (round) => {
    const last = decided.findLast((each) => each.round === round) ?? null
    const isShown = last?.isShown ?? byDefault
    return { isShown, showsPoints: isShown && last?.showsPoints === true, last }
  }
}
