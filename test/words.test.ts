import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')

/** The table of CONTRIBUTING.md: what is not to be read anywhere, with what stands in its place. */
const BANNED = readFileSync(resolve(ROOT, 'CONTRIBUTING.md'), 'utf8')
  .split('## Words on screen')[1]!
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| ---') && !line.startsWith('| on screen'))
  .flatMap((line) => {
    const [allowed, banned] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim())
    return banned!.split('、').map((word) => ({ word, allowed: allowed! }))
  })

/** A banned text within a longer word that is none. */
const INNOCENT = ['今のところ', '一つ一つ', '写真', '描写']

function bannedWordsIn(text: string): string[] {
  const read = INNOCENT.reduce((rest, word) => rest.replaceAll(word, ''), text)
  return BANNED.filter(({ word }) => read.includes(word)).map(({ word, allowed }) => `${word} → ${allowed}`)
}

/** What of a source is text for people: comments are not, and no word in Japanese is code. */
function textOf(path: string, source: string): string {
  return path.endsWith('.eta')
    ? source
    : source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}

const SOURCES = globSync(['views/**/*.eta', 'src/**/*.ts', 'public/*.js'], { cwd: ROOT })

test('the table is read', () => {
  expect(BANNED.length).toBeGreaterThan(40)
  expect(SOURCES.length).toBeGreaterThan(300)
  expect(bannedWordsIn('事務局のダッシュボード')).toHaveLength(2)
  expect(bannedWordsIn('今のところ、写真はありません。')).toEqual([])
})

test('no source says what the table bans', () => {
  const japanese = BANNED.map(({ word }) => word).filter((word) => /[^\x20-\x7e]/.test(word))
  const found = SOURCES.flatMap((path) =>
    bannedWordsIn(textOf(path, readFileSync(resolve(ROOT, path), 'utf8')))
      .filter((each) => japanese.includes(each.split(' → ')[0]!))
      .map((each) => `${path}: ${each}`),
  )
  expect(found).toEqual([])
})
