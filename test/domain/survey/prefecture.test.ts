import { describe, expect, it } from 'vitest'
import { prefectureOf } from '../../../src/domain/survey/prefecture.ts'

describe('prefectureOf', () => {
  it.each([
    ['鹿児島県', '県', '県内', '本県'],
    ['大阪府', '府', '府内', '本府'],
    ['京都府', '府', '府内', '本府'],
    ['東京都', '都', '都内', '本都'],
    ['北海道', '道', '道内', '本道'],
    ['試験', '県', '県内', '本県'],
  ])('%s is spoken of as %s, %s, %s', (name, kind, within, own) => {
    expect(prefectureOf(name)).toEqual({ name, kind, within, own })
  })
})
