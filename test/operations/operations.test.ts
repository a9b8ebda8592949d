import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Life } from './life.ts'
import { Machine, STAND_INS } from './machine.ts'
import { LIFE } from './steps.ts'

const DOCUMENT = readFileSync(resolve(import.meta.dirname, '../../docs/operations.md'), 'utf8')

/** Every block of the document, with what it says it is. */
const BLOCKS = [...DOCUMENT.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(([, kind, text]) => ({
  kind,
  text: text!,
}))
const COMMANDS = BLOCKS.flatMap(({ text }) => text.trimEnd().split('\n'))

/** Commands within a sentence that no block has, each with the reason why they are not run here. */
const NAMED: Record<string, string> = {
  'npm outdated': 'asks the registry',
  'npm audit': 'asks the registry',
  'npm install --save-exact 部品@版': 'asks the registry',
  'npm run check': 'it is the check itself, and asks for minutes',
  'npm test': 'it is what runs this',
  'npm run check:supply-chain -- --all': 'run by test/supply-chain.test.ts, what it finds',
  'npm run --silent sbom > sbom.json': 'run by test/supply-chain.test.ts',
  'npm run --silent kakuho --': 'what follows it is run as `kakuho`',
  'npm run test:litestream': 'is a test',
  'systemctl disable --now kakuho-litestream': 'of Litestream nothing runs here: scripts/machine/within.sh',
  'ls -l /proc/プロセス番号/fd': 'of a file that was removed: test/web/replaced-file.test.ts',
  'cp /proc/プロセス番号/fd/番号 保存先': 'the same',
}

let machine: Machine
beforeAll(async () => {
  machine = await Machine.ready()
  await machine.publish()
})
afterAll(() => machine.close())

test('every block of the document is commands, and these are the life of a survey, one by one', () => {
  expect(new Set(BLOCKS.map(({ kind }) => kind))).toEqual(new Set(['sh']))
  expect(COMMANDS).toEqual(LIFE.map(({ command }) => command))
})

test('what a sentence names as a command is run, or it is said why not', () => {
  const prose = DOCUMENT.replace(/^```[\s\S]*?^```$/gm, '')
  const named = [
    ...prose.matchAll(
      /`((?:kakuho|npm|systemctl|journalctl|curl|cp|ls|mv|tar|git|sed|openssl|litestream) [^`]+)`/g,
    ),
  ]
  expect(named.length).toBeGreaterThan(5)
  const isRun = (text: string) =>
    COMMANDS.flatMap((line) => [line, ...line.split(' && ')]).some((command) =>
      `${command} `.startsWith(`${text} `),
    )
  expect(
    named.map(([, text]) => text!).filter((text) => !isRun(text) && !Object.hasOwn(NAMED, text)),
  ).toEqual([])
})

test('what stands in for a part of the machine has a reason, and is what a command needs', () => {
  const wrapper = readFileSync(resolve(import.meta.dirname, '../../deploy/systemd/kakuho'), 'utf8')
  for (const [name, { why }] of Object.entries(STAND_INS)) {
    expect(why.length, name).toBeGreaterThan(20)
    expect(`${COMMANDS.join('\n')}\n${wrapper}`).toMatch(RegExp(`(?:^|\\s)${name} `, 'm'))
  }
})

test('the life of a survey: every command does what the document says', { timeout: 600_000 }, async () => {
  const life = new Life(machine)
  for (const [index, { command, before, filled, effect }] of LIFE.entries()) {
    const place = `${index + 1}: ${command}`
    try {
      await before?.(life)
      const written = filled ? command.replace('問合せ番号', filled(life)) : command
      await effect(life, await machine.must(written))
    } catch (error) {
      throw new Error(`${place}\n${machine.journal()}`, { cause: error })
    }
  }
})
