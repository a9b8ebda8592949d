import { badInput, type Command, failed } from './command.ts'
import { withStores } from './database.ts'

const USAGE = 'audit verify'

/** Checks that no entry of the record was changed, taken out or put in. */
export const auditVerify: Command = {
  usage: USAGE,
  async run(args, context) {
    if (args.length > 0) throw badInput(`使い方：kakuho ${USAGE}`)
    const { broken, entries } = await withStores(context, ({ audit }) => ({
      broken: audit.verify(),
      entries: audit.all().length,
    }))
    if (broken !== null)
      throw failed(`不一致：操作記録の${broken}件目から後が、記録したときの内容と一致しません。`)
    context.print(`一致：操作記録${entries}件のつながりに問題はありません。`)
  },
}
