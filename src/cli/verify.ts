import { verdictOf } from '../domain/selection/archive/verdict.ts'
import { badInput, type Command, failed } from './command.ts'
import { readInput } from './input.ts'
import { keyInput } from './key-input.ts'
import { optionsOf } from './options.ts'

const USAGE = 'verify FILE [--key 公開鍵.pem]'

/** Checks a confirmed round's archive by nothing but itself, and the key where one is given: no database, no clock. */
export const verify: Command = {
  usage: USAGE,
  async run(args, { print }) {
    const { rest, options } = optionsOf(args, ['--key'], USAGE)
    const [file, ...others] = rest
    if (file === undefined || others.length > 0) throw badInput(`使い方：kakuho ${USAGE}`)
    const key = keyInput(options['--key'])
    const verdict = verdictOf(readInput(file), key)
    if (verdict.kind === 'other')
      throw badInput(`${file}：確定した選定の保存用ファイル（archive.json）ではありません。`)
    if (verdict.kind === 'mismatch') throw failed(verdict.text)
    print(verdict.text)
    if (verdict.signature !== null) print(verdict.signature)
  },
}
