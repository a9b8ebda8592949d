import type { Stores } from '../../db/stores.ts'
import { GROUND_IDS, type Ground, SHIPPED_WORDINGS } from '../../domain/disclosure/classes.ts'

/** The ordinance and the words of its grounds, as a set states them. */
interface Wording {
  ordinance: string
  wordings: Record<Ground, string>
}

/** What was put in, and where nothing was, what is shipped: the ordinance goes by the prefecture's name. */
export function wordingInForce(
  { disclosure }: Pick<Stores, 'disclosure'>,
  prefecture: string,
): Wording & { id: number } {
  const { id, ordinance, wordings } = disclosure.wording()
  const own = GROUND_IDS.map((ground) => [ground, wordings[ground] || SHIPPED_WORDINGS[ground]])
  return {
    id,
    ordinance: ordinance || `${prefecture}情報公開条例`,
    wordings: Object.fromEntries(own) as Wording['wordings'],
  }
}
