import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { makeNextEdition } from '../office/next-edition.ts'
import { badInput, type Command } from './command.ts'
import { withStores } from './database.ts'

const USAGE = 'next-edition NEW.db'

/** A survey file for the next edition, with this one's settings, users, master and policy. */
export const nextEdition: Command = {
  usage: USAGE,
  async run(args, context) {
    const [file, ...rest] = args
    if (file === undefined || rest.length > 0 || file.startsWith('-'))
      throw badInput(`使い方：kakuho ${USAGE}`)
    if (existsSync(file))
      throw badInput(`${file}：既にあるファイルです。上書きしません。別の名前を指定してください。`)
    if (!existsSync(dirname(resolve(file))))
      throw badInput(
        `${file}：保存先のフォルダーがありません。フォルダーを作成してから、もう一度実行してください。`,
      )
    await withStores(context, (stores) => {
      const by = { actor: 'cli', at: context.now(), file: basename(file) }
      const { hospitals, staff } = makeNextEdition(stores, resolve(file), by)
      context.print(
        `次の調査のファイル「${file}」を作りました。病院 ${hospitals}件、利用者 ${staff}人、設定と選定基準を引き継ぎました。日付、回答、抽選に用いる文字列は空です。`,
      )
    })
  },
}
