import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Script } from 'node:vm'
import { parseHTML } from 'linkedom'
import { afterAll, describe, expect, test } from 'vitest'
import { verifyPage } from '../scripts/verify-page.ts'
import { type ArchiveCase, goldenArchives, tamperedArchives } from './support/archives.ts'
import { startCommands } from './support/command.ts'

const PAGE = readFileSync(new URL('../resources/verify.html', import.meta.url), 'utf8')
const [, STYLE] = /<style>(.*?)<\/style>/s.exec(PAGE)!
const [, SCRIPT] = /<script>(.*?)<\/script>/s.exec(PAGE)!
const MARKUP = PAGE.replace(SCRIPT!, '')
/** Read once, run on a page of its own for every archive. */
const PROGRAM = new Script(SCRIPT!)

test('is what its script makes of the engine as it stands, byte for byte: npm run build:verify-page', async () => {
  expect((await verifyPage()) === PAGE).toBe(true)
})

test('allows itself its own style and script, and nothing else at all', () => {
  const hashOf = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(PAGE)!
  expect(policy!.split('; ')).toEqual([
    "default-src 'none'",
    `script-src '${hashOf(SCRIPT!)}'`,
    `style-src '${hashOf(STYLE!)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ])
  const markup = MARKUP.replace(STYLE!, '')
  expect(markup).not.toMatch(/\s(src|href|on\w+|style)=/)
  expect(PAGE).toContain('Copyright (c)')
})

describe('says what the command verify says', () => {
  const commands = startCommands()
  afterAll(() => commands.remove())

  test.each(goldenArchives())('of $name: 一致', async ({ name, bytes }) => {
    const { out } = await commands.run(['verify', commands.file('archive.json', bytes)])
    expect(out).toMatch(/^一致：/)
    expect(await onPage({ name, bytes })).toMatchObject({ kind: 'match', title: '一致', result: out })
  })

  test('of every changed archive, and of what is none', async () => {
    const kinds = new Map<string, number>()
    for (const tampered of tamperedArchives()) {
      const { code, out, error } = await commands.run([
        'verify',
        commands.file('archive.json', tampered.bytes),
      ])
      const { kind, result } = await onPage(tampered)
      const said = { match: out, mismatch: error, other: undefined }[kind as Kind]
      expect([tampered.name, KINDS[code], said]).toEqual([tampered.name, kind, result])
      kinds.set(kind!, (kinds.get(kind!) ?? 0) + 1)
    }
    expect(kinds.get('mismatch')).toBeGreaterThan(100)
    expect(kinds.get('match')).toBe(goldenArchives().length)
    expect(kinds.get('other')).toBe(3)
  })
})

/** By the exit code of the command. */
const KINDS = ['match', 'mismatch', 'other'] as const
type Kind = (typeof KINDS)[number]

/** The page's own script, on a page without a browser. */
async function onPage({ name, bytes }: ArchiveCase) {
  const { document } = parseHTML(MARKUP)
  PROGRAM.runInNewContext({ document, TextEncoder, TextDecoder, atob, btoa, Uint8Array })
  const input = document.querySelector('#file')!
  const file = { name, arrayBuffer: async () => new Uint8Array(bytes).buffer }
  Object.defineProperty(input, 'files', { value: [file] })
  input.dispatchEvent(new (document.defaultView as unknown as { Event: typeof Event }).Event('change'))
  const outcome = document.querySelector('#outcome') as unknown as {
    dataset: Record<string, string | undefined>
  }
  while (outcome.dataset.kind === undefined || outcome.dataset.kind === 'busy')
    await new Promise(setImmediate)
  return {
    kind: outcome.dataset.kind,
    title: document.querySelector('#verdict')!.textContent,
    result: document.querySelector('.result')?.textContent,
  }
}
