import { readFileSync } from 'node:fs'
import { badInput } from './command.ts'

export function readInput(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw badInput(`${file}：${code === 'ENOENT' ? 'ファイルがありません。' : 'ファイルを読み取れません。'}`)
  }
}
