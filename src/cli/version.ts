import { VERSION } from '../version.ts'
import { badInput, type Command } from './command.ts'

/** Which program this is, for whoever asks. */
export const version: Command = {
  usage: 'version',
  async run(args, context) {
    if (args.length > 0) throw badInput('使い方：kakuho version')
    context.print(`kakuho ${VERSION}（Node.js ${process.version}）`)
  },
}
