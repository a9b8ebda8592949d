import type { FastifyInstance } from 'fastify'
import { dayText } from '../../domain/text/dates.ts'
import { orderNoticeReader } from '../../office/lot/notice.ts'
import { keptPage } from '../../web/kept-page.ts'
import {
  type AttachmentShown,
  attachmentShown,
  groupsShown,
  type NoticePage,
  noticeHeading,
  noticePage,
  type QuestionGroup,
} from '../../web/notice-page.ts'
import type { SurveyOptions } from '../options.ts'
import { attachmentRoutes } from './attachments.ts'
import { blankSheetRoutes } from './blank-sheet.ts'
import { lotRoutes } from './lot.ts'
import { selectionRoutes } from './selection.ts'

interface QuestionsModel {
  groups: QuestionGroup[]
  attachments: AttachmentShown[]
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
    'survey/notice/notice': NoticePage
    'survey/notice/preparing': Pick<NoticePage, 'heading'>
    'survey/notice/questions': QuestionsModel
    'survey/notice/privacy': PrivacyModel
    'survey/notice/accessibility': AccessibilityModel
  }
}

/** When the tests of docs/accessibility.md were last run and looked at: the statement names this day. */
export const TESTED_ON = '2026-11-26'

/** What the prefecture tells the hospitals: the notice, the questions and answers, the handling of personal data, accessibility. */
export function noticeRoutes(app: FastifyInstance, options: SurveyOptions): void {
  const { publicUrl, stores } = options
  const readOrder = orderNoticeReader(stores)
  const attachments = () => stores.attachments.current().map(attachmentShown)
  keptPage(app, '/', (site, view) =>
    site.state === 'preparing'
      ? view('survey/notice/preparing', { heading: noticeHeading(site) })
      : view('survey/notice/notice', noticePage(site, attachments(), readOrder())),
  )
  keptPage(app, '/qa', (site, view) =>
    view('survey/notice/questions', { groups: groupsShown(site), attachments: attachments() }),
  )
  keptPage(app, '/privacy', (_site, view) =>
    view('survey/notice/privacy', { isEncrypted: publicUrl.startsWith('https:') }),
  )
  keptPage(app, '/accessibility', (_site, view) =>
    view('survey/notice/accessibility', { testedOn: dayText(TESTED_ON) }),
  )
  attachmentRoutes(app, options)
  lotRoutes(app, options)
  blankSheetRoutes(app)
  selectionRoutes(app)
}
