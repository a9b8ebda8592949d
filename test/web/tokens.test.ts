import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tokensCss } from '../../scripts/tokens.ts'
import { STYLES_ROOT } from '../../src/web/assets.ts'

const stylesheets = readdirSync(STYLES_ROOT).filter((name) => name.endsWith('.css') && name !== 'tokens.css')
const read = (name: string) => readFileSync(join(STYLES_ROOT, name), 'utf8')

test('tokens.css holds just what the stylesheets use (mend it with: node scripts/tokens.ts)', () => {
  expect(read('tokens.css')).toBe(tokensCss())
})

test.each(stylesheets)('%s has no colour of its own and loads nothing', (name) => {
  expect(read(name).match(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|url\(|@import/gi)).toBeNull()
})
