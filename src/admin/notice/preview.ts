import type { FastifyInstance } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { orderNoticeReader } from '../../office/lot/notice.ts'
import {
  attachmentShown,
  groupsShown,
  type NoticePage,
  noticePage,
  type QuestionGroup,
} from '../../web/notice-page.ts'
import { forReaders } from '../access.ts'
import { adminPage } from '../page.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/notice/preview': NoticePage & { groups: QuestionGroup[] }
  }
}

/** The notice as the hospitals read it, or will read it once the survey is announced. */
export function previewRoutes(app: FastifyInstance, stores: Stores): void {
  const readOrder = orderNoticeReader(stores)
  app.get('/notice/preview', forReaders, async ({ site }, reply) => {
    const attachments = stores.attachments.current().map(attachmentShown)
    return adminPage(reply, 'admin/notice/preview', {
      ...noticePage(site, attachments, readOrder()),
      groups: groupsShown(site),
    })
  })
}
