import { verifyRecord } from '../office/record/verification.ts'
import { badInput, type Command, failed } from './command.ts'
import { withStores } from './database.ts'

const USAGE = 'audit verify'

/** Checks that no entry of the record was changed, taken out or put in, and that none is missing at its end. */
export const auditVerify: Command = {
  usage: USAGE,
  async run(args, context) {
    if (args.length > 0) throw badInput(`使い方：kakuho ${USAGE}`)
    const { ok, text } = await withStores(context, verifyRecord)
    if (!ok) throw failed(text)
    context.print(text)
  },
}
