import { prefectureOf } from '../domain/survey/prefecture.ts'
import { verifyPurged } from '../office/record/purged.ts'
import { guardsText, verifyRecord } from '../office/record/verification.ts'
import { evidenceIn } from './audit-evidence.ts'
import { badInput, type Command, failed } from './command.ts'
import { withStores } from './database.ts'
import { keyInput } from './key-input.ts'
import { optionsOf } from './options.ts'

const USAGE = 'audit verify [--against FILE]… [--key 公開鍵.pem]'

/**
 * Checks that no entry of the record was changed, taken out, put in or exchanged, that none is missing at its end, and that what
 * stands in the database is what the record says: by the archives that are there, and by what is given of an earlier state.
 */
export const auditVerify: Command = {
  usage: USAGE,
  async run(args, context) {
    const { rest, options } = optionsOf(args, ['--against', '--key'], USAGE)
    if (rest.length > 0) throw badInput(`使い方：kakuho ${USAGE}`)
    const key = keyInput(options['--key'])
    const files = options['--against'] ?? []
    const { ok, text } = await withStores(
      context,
      (stores, { guardsTakenOff }) => {
        const given = evidenceIn(files, key, stores.signingKeys.all())
        const evidence = { ...given, problems: [...guardsText(guardsTakenOff), ...given.problems] }
        const purge = stores.purge.last()
        if (purge) return verifyPurged(stores, purge, { evidence, key })
        return verifyRecord(stores, prefectureOf(stores.settings.read().prefecture), evidence)
      },
      { evenAfterPurge: true },
    )
    if (!ok) throw failed(text)
    context.print(text)
  },
}
