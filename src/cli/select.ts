import { select } from '../domain/selection/select.ts'
import { parseSnapshot } from '../domain/selection/snapshot.ts'
import { badInput, type Command } from './command.ts'
import { readInput } from './input.ts'

const USAGE = 'select FILE'

/** Recomputes a selection from its snapshot alone: no database, no clock. */
export const selectCommand: Command = {
  usage: USAGE,
  async run(args, { print }) {
    const [file, ...rest] = args
    if (file === undefined || rest.length > 0) throw badInput(`使い方：kakuho ${USAGE}`)
    const parsed = parseSnapshot(parseJson(file, readInput(file).toString('utf8')))
    if (!parsed.ok) {
      const lines = parsed.problems.map(({ path, message }) => `${path}：${message}`)
      throw badInput(`${file}：${lines.join(' ／ ')}`)
    }
    print(JSON.stringify(select(parsed.snapshot), null, 2))
  },
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw badInput(`${file}：JSONとして読み取れません。スナップショットのファイルか確認してください。`)
  }
}
