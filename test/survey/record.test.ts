import { expect, test } from 'vitest'
import { OTHER_HOSPITAL } from '../../src/domain/answer/questions.ts'
import { aForm } from '../support/builders.ts'
import { formPost } from '../support/html.ts'
import { signedIn } from '../support/officer.ts'
import { surveyWith } from '../support/survey.ts'

const site = surveyWith({ side: 'both' })

const OTHER = { hospitalName: '架空病院', hospitalAddress: '鹿児島市架空町2', hospitalBeds: '80' }

/** Of every step about an answer, who did it. */
function actors(): Record<string, string> {
  const steps = site.stores.audit.all().filter(({ action }) => /^submission|^late-link\.used/.test(action))
  return Object.fromEntries(steps.map(({ action, subject, actor }) => [`${action} ${subject}`, actor]))
}

test('whatever a hospital does stands on the record under its 受付番号', async () => {
  const sent = aForm()
  const { location } = (await site.post('/survey', sent)).headers
  await site.post('/survey', { ...sent, intent: 'backup' })
  await site.post(`${location}/edit`, { ...sent, intent: 'network', version: '2' })
  await site.post(`${location}/withdraw`)
  await site.send({ hospitalCode: OTHER_HOSPITAL, ...OTHER })
  site.setNow('2024-03-20T01:00:00Z')
  const link = { hospitalCode: '4619900029', expiresAt: new Date('2024-03-25T15:00:00Z'), reason: '試験' }
  const by = { actor: 'test', at: new Date('2024-03-20T00:00:00Z') }
  await site.app.inject(formPost(`/late/${site.stores.lateLinks.create(link, by).token}`, aForm()))
  expect(actors()).toEqual({
    'submission.created R-0001': 'hospital:R-0001',
    'submission.corrected R-0001': 'hospital:R-0001',
    'submission.withdrawn R-0001': 'hospital:R-0001',
    'submission.created R-0002': 'hospital:R-0002',
    'submission.created R-0003': 'hospital:R-0003',
    'late-link.used R-0003': 'hospital:R-0003',
  })
  expect(site.stores.audit.all().filter(({ action }) => action === 'submission.corrected')).toHaveLength(2)
})

test.each(['hospital:R-0001', 'hospital:4619900011', 'hospital:other'])(
  'an officer reads %s as the hospital, earlier entries too',
  async (actor) => {
    await site.send()
    const { number } = site.stores.submissions.byNumber('R-0001')!
    const at = new Date('2024-03-11T02:00:00Z')
    site.stores.audit.append({ at, actor, action: 'submission.corrected', subject: number, detail: {} })
    const page = await (await signedIn(site)).page(`/admin/submissions/${number}`)
    const rows = [...[...page.querySelectorAll('table')].at(-1)!.querySelectorAll('tbody tr')]
    expect(rows.map((row) => row.querySelectorAll('td')[1]!.textContent)).toEqual(['病院', '病院'])
  },
)
