import { expect, test } from 'vitest'
import { parseReason } from '../../../src/domain/record/reason.ts'

test.each(['\ufffd', 'a\ufffdb', '理由\ue000', '\uffff'])(
  'a reason with %j says which character is to be typed again',
  (typed) => {
    const place = typed.search(/[\ufffd\ue000\uffff]/u) + 1
    const message = expect.stringContaining(`理由の${place}文字目に、読み取れない文字`)
    expect(parseReason(typed)).toEqual({ ok: false, message })
  },
)
