import { describe, expect, test } from 'vitest'
import { sameAnswers, sameContent } from '../../../src/domain/answer/submission.ts'
import { anAnswer } from '../../support/submissions.ts'

describe('the same content', () => {
  const answers = anAnswer()
  const other = { name: '架空病院', address: '架空町1', beds: 80 }
  const master = { typedHospital: null, hospitalCode: '4619900011', answers }
  const typed = { typedHospital: other, hospitalCode: null, answers }
  const hospital = { kind: 'master', code: '4619900011' } as const

  test('is the same hospital and every answer alike', () => {
    expect(sameContent(master, { hospital, answers: { ...answers } })).toBe(true)
    expect(sameContent(typed, { hospital: { kind: 'other', ...other }, answers })).toBe(true)
    // An officer's link does not change what the hospital wrote.
    const linked = { ...typed, hospitalCode: '4619900011' }
    expect(sameContent(linked, { hospital: { kind: 'other', ...other }, answers })).toBe(true)
  })

  test.each([
    [master, { kind: 'master', code: '4619900029' } as const],
    [master, { kind: 'other', ...other } as const],
    [typed, hospital],
    [typed, { kind: 'other', ...other, beds: 81 } as const],
  ])('is not another hospital (%#)', (known, named) => {
    expect(sameContent(known, { hospital: named, answers })).toBe(false)
  })

  test('any answer that differs counts', () => {
    const changes = {
      department: null,
      contactName: '別の 太郎',
      phone: '0',
      email: 'x',
      emr: 'planned',
      emrPlannedMonth: '2024-09',
      intent: 'none',
      gmisConsent: false,
      masterCorrection: '病床数は119床です',
      remarks: '追記',
      extra: { links: 12 },
    } as const
    expect(Object.keys(changes).toSorted()).toEqual(Object.keys(answers).toSorted())
    for (const [key, value] of Object.entries(changes))
      expect(sameAnswers(answers, { ...answers, [key]: value })).toBe(false)
  })
})
