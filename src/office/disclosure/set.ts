import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import { peopleIn } from '../../domain/disclosure/people.ts'
import { editionLabel } from '../../domain/record/round.ts'
import type { Settings } from '../../domain/survey/settings.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { disclosureSet } from '../../files/disclosure/set.ts'
import { disclosureClasses } from '../rounds/disclosure-classes.ts'
import { frozenRoundReader } from '../rounds/frozen.ts'
import { publicationReader } from '../rounds/publication.ts'
import { type ListFile, listDocuments, otherDocuments, reportDocuments, roundDocuments } from './documents.ts'
import { wordingInForce } from './wording.ts'

/** From so many hospitals on nobody finds by trying what a hash over all of them was made of. */
const MANY_HOSPITALS = 20

/** 開示用: everything that is held of a round, without what is not open. Null where it took too long. */
export async function roundDisclosure(
  stores: Stores,
  settings: Pick<Settings, 'title' | 'prefecture' | 'resultsPublished'>,
  { round, lists, now }: { round: ConfirmedEdition; lists: readonly ListFile[]; now: Date },
): Promise<Buffer | null> {
  const { snapshot } = frozenRoundReader(stores)(round).reading
  const { documents: classes } = disclosureClasses(stores)
  const isMany = snapshot.candidates.length >= MANY_HOSPITALS
  const held = { stores, round, classes, isMany }
  const { ordinance, wordings } = wordingInForce(stores, settings.prefecture)
  return disclosureSet({
    survey: settings.title,
    round: editionLabel(round.number, round.edition),
    madeAt: dateTimeText(now),
    ordinance,
    wordings,
    standing: {
      isPublished: isPublished(stores, settings, round.number),
      isMany,
      people: contactsOf(stores),
    },
    documents: [...roundDocuments(held), ...reportDocuments(held), ...listDocuments(held, lists)],
    others: otherDocuments(held),
    bands: snapshot.policy.bands,
  })
}

/** The people whom the hospitals named, in any answer. */
function contactsOf({ submissions }: Pick<Stores, 'submissions'>): string[] {
  return peopleIn(
    submissions.all().flatMap(({ answers: { contactName, phone, email } }) => [contactName, phone, email]),
  )
}

/** Whether who is selected may be told: the hospitals read it on their receipts. */
export function isPublished(
  stores: Pick<Stores, 'publications'>,
  { resultsPublished }: Pick<Settings, 'resultsPublished'>,
  round: number,
): boolean {
  return publicationReader(stores, resultsPublished)(round).isShown
}
