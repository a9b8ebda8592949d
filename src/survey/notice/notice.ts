import type { FastifyInstance } from 'fastify'
import { dayText } from '../../domain/text/dates.ts'
import type { Site } from '../../web/site.ts'
import { page } from '../../web/views.ts'
import type { SurveyOptions } from '../options.ts'
import { type QuestionGroup, questionGroups } from './questions-and-answers.ts'

interface NoticeModel {
  /** The title in the two parts in which it is read: what about, and that it is a survey. */
  heading: { subject: string; act: string }
  /** 課長 and the like: letters go out under the head's title. */
  issuerHead: string
  /** How many hospitals get the support, as far as it is set; '' where it is not. */
  seats: string
}

interface QuestionsModel {
  groups: QuestionGroup[]
}

interface PrivacyModel {
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
    'survey/notice/preparing': Pick<NoticeModel, 'heading'>
    'survey/notice/questions': QuestionsModel
    'survey/notice/privacy': PrivacyModel
    'survey/notice/accessibility': AccessibilityModel
  }
}

/** When the tests of docs/accessibility.md were last run and looked at: the statement names this day. */
export const TESTED_ON = '2026-11-26'

/** What the prefecture tells the hospitals: the notice, the questions and answers, the handling of personal data, accessibility. */
export function noticeRoutes(app: FastifyInstance, { publicUrl }: SurveyOptions): void {
  app.get('/', ({ site }, reply) =>
    site.state === 'preparing'
      ? page(reply, 'survey/notice/preparing', { heading: headingOf(site) })
      : page(reply, 'survey/notice/notice', noticeModel(site)),
  )
  app.get('/qa', (request, reply) =>
    page(reply, 'survey/notice/questions', { groups: questionGroups(request.site) }),
  )
  app.get('/privacy', (_request, reply) =>
    page(reply, 'survey/notice/privacy', { isEncrypted: publicUrl.startsWith('https:') }),
  )
  app.get('/accessibility', (_request, reply) =>
    page(reply, 'survey/notice/accessibility', { testedOn: dayText(TESTED_ON) }),
  )
}

function noticeModel(site: Site): NoticeModel {
  const { issuer } = site
  return {
    heading: headingOf(site),
    issuerHead: /[課室局部]$/.test(issuer) ? `${issuer}長` : issuer,
    seats: seatsSentence(site),
  }
}

function headingOf({ title }: Site): NoticeModel['heading'] {
  const subject = title.replace(/調査$/, '')
  return subject === title
    ? { subject: `${title}の`, act: '実施について' }
    : { subject, act: '調査の実施について' }
}

/** The numbers are a year's: without it none is said. */
function seatsSentence({ dated, nationalSeats, prefectureSeats, place }: Site): string {
  if (!dated.fiscalYear) return ''
  const count = (seats: number) => `約${seats.toLocaleString('ja-JP')}病院`
  const country = nationalSeats === null ? '' : `全国で${count(nationalSeats)}が支援を受け、このうち`
  return `${dated.fiscalYear}は、${country}${place.own}では${count(prefectureSeats)}が支援対象となる予定です。`
}
