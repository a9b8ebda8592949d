import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Block, type Inline, markedText, markProblem } from '../../../src/domain/notice/marked-text.ts'

const text = (words: string): Inline => ({ kind: 'text', text: words })

describe('a text of the notice', () => {
  test.each<[string, string, Block[]]>([
    ['a paragraph', '一。', [{ kind: 'paragraph', lines: [[text('一。')]] }]],
    ['a line break in it', '一。\n二。', [{ kind: 'paragraph', lines: [[text('一。')], [text('二。')]] }]],
    [
      'two of them, with blanks on the line between',
      '一。\n 　\n\n二。',
      [
        { kind: 'paragraph', lines: [[text('一。')]] },
        { kind: 'paragraph', lines: [[text('二。')]] },
      ],
    ],
    ['a list', '・一\n･二', [{ kind: 'list', items: [[[text('一')]], [[text('二')]]] }]],
    [
      'a list under a paragraph, and a remark under it',
      '次のとおり。\n・一\n※二',
      [
        { kind: 'paragraph', lines: [[text('次のとおり。')]] },
        { kind: 'list', items: [[[text('一')]]] },
        { kind: 'remark', lines: [[text('※二')]] },
      ],
    ],
    [
      'numbers of many kinds, with a line that goes on',
      '1. 一\n　続き\n２．二\n(3)三\n４）四',
      [
        {
          kind: 'numbered',
          items: [[[text('一')], [text('続き')]], [[text('二')]], [[text('三')]], [[text('四')]]],
        },
      ],
    ],
    [
      'a box',
      '■見出し\n一。',
      [{ kind: 'box', heading: '見出し', blocks: [{ kind: 'paragraph', lines: [[text('一。')]] }] }],
    ],
    [
      'bold words',
      'あ**い**う',
      [{ kind: 'paragraph', lines: [[text('あ'), { kind: 'strong', text: 'い' }, text('う')]] }],
    ],
    ['nothing', ' \n\n　', []],
  ])('has %s', (_what, typed, blocks) => {
    expect(markedText(typed)).toEqual(blocks)
  })

  test('leads to the questions that are published, and to addresses', () => {
    const [block] = markedText('Q4とQ5とQ40、https://example.jp/a?b=1#c。', new Set([4]))
    expect(block).toEqual({
      kind: 'paragraph',
      lines: [
        [
          { kind: 'question', text: 'Q4', href: '/qa#q4' },
          text('とQ5とQ40、'),
          { kind: 'address', text: 'https://example.jp/a?b=1#c', href: 'https://example.jp/a?b=1#c' },
          text('。'),
        ],
      ],
    })
  })

  test('leads nowhere else', () => {
    for (const typed of ['javascript:alert(1)', 'data:text/html,x', '//example.jp', 'ftp://example.jp'])
      expect(JSON.stringify(markedText(typed))).not.toContain('href')
  })

  test('loses nothing that was typed but its marks', () => {
    const words = fc.stringMatching(/^[あ-ん、。a-z]{1,8}$/)
    const mark = fc.constantFrom('', '・', '1. ', '■', '※', '　', '\n')
    fc.assert(
      fc.property(fc.array(fc.tuple(mark, words), { maxLength: 12 }), (lines) => {
        const shown = JSON.stringify(markedText(lines.map(([before, word]) => before + word).join('\n')))
        for (const [, word] of lines) expect(shown).toContain(word)
      }),
    )
  })

  test.each([
    ['**一', 1],
    ['一\n二**三**四**', 2],
    ['一', null],
    ['**一**', null],
  ])('%j is marked as it reads: line %j is not', (typed, line) => {
    const problem = markProblem(typed)
    if (line === null) expect(problem).toBeNull()
    else expect(problem).toContain(`${line}行目の太字の印「**」が対になっていません`)
  })
})
