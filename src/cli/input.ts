import { readFileSync, statSync } from 'node:fs'
import { badInput, CommandError } from './command.ts'

/** Bytes: several times the list of a large prefecture. */
const LARGEST = 100 * 1024 * 1024

export function readInput(file: string): Buffer {
  try {
    if (statSync(file).size > LARGEST) throw badInput(`${file}：${TOO_LARGE}`)
    return readFileSync(file)
  } catch (error) {
    if (error instanceof CommandError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw badInput(`${file}：${code === 'ENOENT' ? 'ファイルがありません。' : 'ファイルを読み取れません。'}`)
  }
}

const TOO_LARGE = `ファイルが大きすぎます。${LARGEST / 1024 / 1024}MBまでのファイルを指定してください。`
