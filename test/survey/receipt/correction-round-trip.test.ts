import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TypedForm } from '../../../src/domain/answer/form.ts'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { htmlOf } from '../../support/html.ts'
import { saveSubmission } from '../../support/submissions.ts'
import { rowsOf, surveyWith } from '../../support/survey.ts'

const site = surveyWith({ shared: true })

const LABELS = { department: '担当部署', contactName: '担当者名', remarks: '備考' } as const
type Free = keyof typeof LABELS

/** Anything a keyboard can give, CP932 or not; HTML itself has no NUL, and its one line break is LF. */
const typed = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'あ',
        '髙',
        '𠮷',
        '😀',
        'ｶﾞ',
        '㈱',
        '―',
        '〜',
        ' ',
        '　',
        '\n',
        '"',
        '<b>',
        '&amp;',
        '=1+1',
      ),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join('').replaceAll('\0', '').replaceAll('\r', '\n'))

test('whatever is typed into a correction is stored as 確認 showed it, or refused with the character named', async () => {
  const answers = fc.record({ department: typed, contactName: typed, remarks: typed })
  await fc.assert(
    fc.asyncProperty(answers, async (changes) => {
      const { id, number, code } = saveSubmission(site.stores)
      const receipt = `/receipts/${number}/${code}`
      const sent = { ...fieldsOf(htmlOf(await site.get(`${receipt}/edit`))), ...changes }
      const reply = await site.post(`${receipt}/confirm`, sent)
      const page = htmlOf(reply)
      if (reply.statusCode === 422) {
        for (const [field, message] of Object.entries(errorsOf(page)))
          expect(message).toMatch(
            new RegExp(`^${LABELS[field as Free]}(の\\d+文字目「.+」は|を入力して|は\\d+文字以内)`, 'su'),
          )
        expect(fieldsOf(page)).toMatchObject(changes)
        return
      }
      const shown = fieldsOf(page) as Partial<TypedForm>
      const back = fieldsOf(htmlOf(await site.post(`${receipt}/form`, fieldsOf(page))))
      expect(shown).toMatchObject(back)
      await site.post(`${receipt}/edit`, fieldsOf(page))
      const stored = site.stores.submissions.versions(id).at(-1)!.answers
      const rows = rowsOf(htmlOf(await site.get(receipt)).querySelector('.summary-list')!)
      for (const field of Object.keys(LABELS) as Free[]) {
        expect(stored[field] ?? '').toBe(shown[field])
        expect(rows[LABELS[field]]).toBe(stored[field] ?? '（記入なし）')
      }
    }),
    { numRuns: 60 },
  )
})
