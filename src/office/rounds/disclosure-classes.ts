import type { NewFile } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import { classesFileOf } from '../../domain/disclosure/classes-file.ts'
import { furtherRules } from '../../domain/disclosure/documents.ts'
import { classesInForce } from '../../domain/disclosure/in-force.ts'
import { canonicalJson } from '../../domain/text/canonical.ts'
import type { RoundFileName } from './frozen.ts'

/** The class of every column of every file, as it counts today. */
export function disclosureClasses({ disclosure }: Pick<Stores, 'disclosure'>) {
  const changes = disclosure.changes()
  return { changes, documents: classesInForce(changes, furtherRules([])) }
}

/** The classes as they stood when an edition was frozen. */
export function classesFile(stores: Pick<Stores, 'disclosure'>): NewFile {
  const { changes, documents } = disclosureClasses(stores)
  const name: RoundFileName = 'classes.json'
  return { name, bytes: Buffer.from(canonicalJson(classesFileOf(documents, changes.length)), 'utf8') }
}
