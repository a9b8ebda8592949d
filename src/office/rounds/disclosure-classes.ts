import type { NewFile } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import { classesFileOf } from '../../domain/disclosure/classes-file.ts'
import { furtherRules } from '../../domain/disclosure/documents.ts'
import { classesInForce } from '../../domain/disclosure/in-force.ts'
import { canonicalJson } from '../../domain/text/canonical.ts'
import type { RoundFileName } from './frozen.ts'

type Kept = Pick<Stores, 'disclosure' | 'questions'>

/** The class of every column of every file, as it counts today. */
export function disclosureClasses({ disclosure, questions }: Kept) {
  const changes = disclosure.changes()
  const labels = questions.all().flatMap(({ label, shortLabel }) => [label, shortLabel])
  return { changes, documents: classesInForce(changes, furtherRules(labels)) }
}

/** The classes as they stood when an edition was frozen. */
export function classesFile(stores: Kept): NewFile {
  const { changes, documents } = disclosureClasses(stores)
  const name: RoundFileName = 'classes.json'
  return { name, bytes: Buffer.from(canonicalJson(classesFileOf(documents, changes.length)), 'utf8') }
}
