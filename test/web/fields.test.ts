import { expect, test } from 'vitest'
import { fieldsAsSent, fieldsOf } from '../../src/web/fields.ts'

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

const UNSEEN = ['\u202e', '\u200b', '\u2066', '\ufeff', '\u00ad', '\u0000', '\u{e0041}']

test('nobody sees what is not read: direction marks, zero-width characters, controls', () => {
  for (const unseen of UNSEEN) {
    const text = `${unseen}099${unseen}-286-2707${unseen}`
    const fields = fieldsOf({ contactPhone: text, all: [text, text] })
    expect(fields.get('contactPhone')).toBe('099-286-2707')
    expect(fields.all('all')).toEqual(['099-286-2707', '099-286-2707'])
    expect(fields.entries()[0]).toEqual(['contactPhone', '099-286-2707'])
    expect(fieldsAsSent({ remarks: text }).get('remarks')).toBe(text)
  }
  expect(fieldsOf({ text: '葛\u{e0100}城\t1\r\n2' }).get('text')).toBe('葛\u{e0100}城\t1\r\n2')
})

test('a password and what a form showed are as they were sent', () => {
  for (const name of ['password', 'passwordAgain', 'current', 'shown', 'shown.contactPhone', 'shownMark'])
    expect(fieldsOf({ [name]: '\u202ea' }).get(name)).toBe('\u202ea')
})
