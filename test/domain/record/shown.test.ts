import fc from 'fast-check'
import { expect, test } from 'vitest'
import { typedChanges } from '../../../src/domain/record/shown.ts'

const SHOWN = { closesAt: '3/18', title: '調査', phone: '099' }
const title = (text: string) => ({ ...SHOWN, title: text })

test.each([
  ['nothing was typed', SHOWN, SHOWN, {}, {}],
  ['one text was typed over', title('新'), SHOWN, { title: '新' }, {}],
  ['a colleague changed another one: it stays', title('新'), { ...SHOWN, phone: '1' }, { title: '新' }, {}],
  ['a colleague changed the same to the same', title('新'), title('新'), { title: '新' }, {}],
  ['a colleague changed the same', title('新'), title('別'), {}, { title: '新' }],
  ['both, of two', { ...title('新'), phone: '' }, title('別'), { phone: '' }, { title: '新' }],
])('%s', (_name, typed, now, changes, conflicts) => {
  expect(typedChanges(typed, SHOWN, now)).toEqual({ changes, conflicts })
})

test('of a text that the form did not carry, what is now counts as shown', () => {
  expect(typedChanges({ title: '新' }, {}, { title: '別' })).toEqual({
    changes: { title: '新' },
    conflicts: {},
  })
})

test('whatever happens, nobody else’s change is taken back, and nothing typed is lost', () => {
  const texts = fc.record({ a: fc.constantFrom('1', '2', '3'), b: fc.constantFrom('1', '2', '3') })
  fc.assert(
    fc.property(texts, texts, texts, (typed, shown, now) => {
      const { changes, conflicts } = typedChanges(typed, shown, now)
      const after = { ...now, ...changes }
      for (const name of ['a', 'b'] as const) {
        if (now[name] !== shown[name]) expect(after[name]).toBe(now[name])
        if (typed[name] !== shown[name]) expect({ ...after, ...conflicts }[name]).toBe(typed[name])
      }
    }),
  )
})
