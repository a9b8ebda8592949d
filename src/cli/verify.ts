import { verdictOf } from '../domain/selection/archive/verdict.ts'
import { badInput, type Command, failed } from './command.ts'
import { readInput } from './input.ts'

const USAGE = 'verify FILE'

/** Checks a confirmed round's archive by nothing but itself: no database, no clock. */
export const verify: Command = {
  usage: USAGE,
  async run(args, { print }) {
    const [file, ...rest] = args
    if (file === undefined || rest.length > 0) throw badInput(`使い方：kakuho ${USAGE}`)
    const bytes = readInput(file)
    const verdict = verdictOf(bytes)
    if (verdict.kind === 'other')
      throw badInput(`${file}：確定した選定の保存用ファイル（archive.json）ではありません。`)
    if (verdict.kind === 'mismatch') throw failed(verdict.text)
    if ('signature' in verdict.verification.archive)
      print('署名が付いていますが、署名の検証は行っていません。内容の検証の結果は次のとおりです。')
    print(verdict.text)
  },
}
