import { expect, test } from 'vitest'
import { fieldsOf } from '../../src/web/fields.ts'

test.each([undefined, null, 'text', 7, [], ['a'], {}])('%j has no field', (source) => {
  const fields = fieldsOf(source)
  expect([fields.get('0'), fields.get('length'), fields.all('0'), fields.entries()]).toEqual(['', '', [], []])
})

test('a repeated field counts by its last value, what is no text as absent', () => {
  const fields = fieldsOf({ emr: ['full', 'none'], phone: 99, email: { x: 1 }, remarks: ['a', 1], empty: [] })
  expect(['emr', 'phone', 'email', 'remarks', 'empty', 'missing'].map(fields.get)).toEqual([
    'none',
    '',
    '',
    '',
    '',
    '',
  ])
})

test('every text of a field, and every field, in order', () => {
  const fields = fieldsOf({ reinstate: ['a', 'b', 1], reason: '理由', file: { name: 'x', bytes: [] } })
  expect(fields.all('reinstate')).toEqual(['a', 'b'])
  expect(fields.entries()).toEqual([
    ['reinstate', 'a'],
    ['reinstate', 'b'],
    ['reason', '理由'],
  ])
})

test('nothing comes from a prototype', () => {
  const fields = fieldsOf(Object.create({ phone: '1' }, { own: { value: 'x', enumerable: true } }))
  expect([fields.get('phone'), fields.get('toString'), fields.get('__proto__'), fields.get('own')]).toEqual([
    '',
    '',
    '',
    'x',
  ])
})
