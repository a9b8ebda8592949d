import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { hospitalText } from '../domain/master/hospital.ts'
import { planCarryOver } from '../office/master/carry-over.ts'
import { badInput, type Command } from './command.ts'
import { withStores } from './database.ts'
import { readInput } from './input.ts'

const USAGE = 'carry-over --from ARCHIVE.json --year 令和6年度'

/** Hospitals that an earlier survey selected, and that have not declined, get its year. */
export const carryOver: Command = {
  usage: USAGE,
  async run(args, context) {
    const { from, year } = argumentsOf(args)
    const bytes = readInput(from)
    await withStores(context, async (stores) => {
      const planned = await planCarryOver(stores, bytes, year)
      if (!planned.ok)
        throw badInput(planned.field === 'year' ? planned.message : `${from}：${planned.message}`)
      const { plan } = planned
      const { added, already, unknown } = plan
      const keys = [...added, ...already].map(({ key }) => key)
      const by = { actor: 'cli', at: context.now(), source: basename(from) }
      stores.supportedYears.add(keys, { ...by, ...plan, unknown: unknown.length })
      const { print } = context
      for (const hospital of added) print(`登録：${hospitalText(hospital)}`)
      for (const { name, medicalCode, naviiCode, code } of unknown)
        print(`病院台帳にない病院：${name}（${medicalCode ?? naviiCode ?? code}）`)
      print(
        `${plan.yearText}に支援を受けた病院（${plan.edition}）：登録 ${added.length}件、登録済み ${already.length}件、病院台帳にない病院 ${unknown.length}件`,
      )
    })
  },
}

function argumentsOf(args: string[]): { from: string; year: string } {
  try {
    const options = { from: { type: 'string' }, year: { type: 'string' } } as const
    const { from, year } = parseArgs({ args, options }).values
    if (from !== undefined && year !== undefined) return { from, year }
  } catch {
    // Falls through to the usage: an unknown option is the same mistake as a missing one.
  }
  throw badInput(`使い方：kakuho ${USAGE}`)
}
