import { describe, expect, test } from 'vitest'
import {
  DEFAULT_MESSAGES,
  fillMessage,
  MESSAGE_KIND_IDS,
  PLACEHOLDERS,
  type PlaceholderValues,
  parseMessage,
} from '../../../src/domain/survey/message.ts'

const values = Object.fromEntries(PLACEHOLDERS.map(({ name }) => [name, `＜${name}＞`])) as PlaceholderValues

test.each(MESSAGE_KIND_IDS)('the shipped text of %s is one that may be written', (kind) => {
  expect(parseMessage(kind, DEFAULT_MESSAGES[kind])).toEqual({ ok: true, text: DEFAULT_MESSAGES[kind] })
  const { subject, body } = fillMessage(DEFAULT_MESSAGES[kind], values)
  expect(subject + body).not.toMatch(/[{}]/)
})

test('a paragraph of which nothing is left goes', () => {
  const text = { subject: '{調査の名称}', body: '{病院名}\n\n{リンクの注意}\n\n以上' }
  expect(fillMessage(text, { ...values, リンクの注意: '' })).toEqual({
    subject: '＜調査の名称＞',
    body: '＜病院名＞\n\n以上',
  })
})

describe('what cannot be sent is refused, saying what to do:', () => {
  const good = { subject: '件名', body: '本文{リンク}' }
  test.each([
    [{ subject: ' ' }, { subject: '件名を入力してください。' }],
    [{ subject: 'あ'.repeat(101) }, { subject: expect.stringContaining('100文字以内') }],
    [{ subject: '{リンク}' }, { subject: expect.stringContaining('本文に入れてください') }],
    [
      { body: '{病院}{リンク}' },
      { body: expect.stringContaining('「{病院}」は使えません。使える差込み項目は、{病院名}') },
    ],
    [{ body: '{リンク' }, { body: expect.stringContaining('半角で') }],
    [{ body: '｛病院名｝{リンク}' }, { body: expect.stringContaining('半角で') }],
    [{ body: '本文だけ' }, { body: expect.stringContaining('「{リンク}」がありません') }],
    [
      { subject: '', body: '' },
      { subject: '件名を入力してください。', body: '本文を入力してください。' },
    ],
  ])('%j', (changes, errors) => {
    expect(parseMessage('mail', { ...good, ...changes })).toEqual({ ok: false, errors })
  })

  test('on the phone nobody follows a link', () => {
    expect(parseMessage('phone', { subject: '見出し', body: '本文だけ' }).ok).toBe(true)
  })
})
