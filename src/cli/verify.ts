import { verifyArchive } from '../domain/selection/archive/verification.ts'
import { isOfRehearsal } from '../domain/survey/rehearsal.ts'
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
    if (!looksLikeArchive(bytes))
      throw badInput(`${file}：確定した選定の保存用ファイル（archive.json）ではありません。`)
    const verification = verifyArchive(bytes)
    if (!verification.ok) throw failed(`不一致：${verification.message}`)
    const { prefecture, round, edition } = verification.archive.record
    if (isOfRehearsal(prefecture)) throw failed(OF_REHEARSAL)
    print(`一致：第${round}回、第${edition}版。SHA-256（全体）：${verification.sha256}`)
  },
}

const OF_REHEARSAL =
  '調査の試験の保存用一式です。確定したときの内容と一致していますが、実際の選定の結果ではありません。'

/** With one of them damaged it is still an archive, of which the damage can be named. */
function looksLikeArchive(bytes: Buffer): boolean {
  return (
    bytes.includes('"format":"kakuho.archive/') || bytes.subarray(0, 13).equals(Buffer.from('{"amendment":'))
  )
}
