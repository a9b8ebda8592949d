import type { FastifyInstance } from 'fastify'
import { dayText, fiscalYearText } from '../../domain/text/dates.ts'
import type { Site } from '../../web/site.ts'
import { page } from '../../web/views.ts'
import type { SurveyOptions } from '../options.ts'
import { type QuestionGroup, questionGroups } from './questions-and-answers.ts'

interface NoticeModel {
  issuedOn: string
  /** 課長 and the like: letters go out under the head's title. */
  issuerHead: string
  fiscalYear: string
  gmisSurveyOn: string
}

interface QuestionsModel {
  groups: QuestionGroup[]
}

interface PrivacyModel {
  gmisSurveyOn: string
  /** Whether browsers reach the site by https. */
  isEncrypted: boolean
}

/** ウェブアクセシビリティ: what was tested and how, and what was not. */
interface AccessibilityModel {
  testedOn: string
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/notice/notice': NoticeModel
    'survey/notice/questions': QuestionsModel
    'survey/notice/privacy': PrivacyModel
    'survey/notice/accessibility': AccessibilityModel
  }
}

/** When the tests of docs/accessibility.md were last run and looked at: the statement names this day. */
export const TESTED_ON = '2026-11-22'

/** What the prefecture tells the hospitals: the notice, the questions and answers, the handling of personal data, accessibility. */
export function noticeRoutes(app: FastifyInstance, { publicUrl }: SurveyOptions): void {
  app.get('/', (request, reply) => page(reply, 'survey/notice/notice', noticeModel(request.site)))
  app.get('/qa', (request, reply) =>
    page(reply, 'survey/notice/questions', { groups: questionGroups(request.site) }),
  )
  app.get('/privacy', (request, reply) =>
    page(reply, 'survey/notice/privacy', {
      gmisSurveyOn: dayText(request.site.gmisSurveyOn),
      isEncrypted: publicUrl.startsWith('https:'),
    }),
  )
  app.get('/accessibility', (_request, reply) =>
    page(reply, 'survey/notice/accessibility', { testedOn: dayText(TESTED_ON) }),
  )
}

function noticeModel({ issuedOn, issuer, fiscalYear, gmisSurveyOn }: Site): NoticeModel {
  return {
    issuedOn: dayText(issuedOn),
    issuerHead: /[課室局部]$/.test(issuer) ? `${issuer}長` : issuer,
    fiscalYear: fiscalYearText(fiscalYear),
    gmisSurveyOn: dayText(gmisSurveyOn),
  }
}
