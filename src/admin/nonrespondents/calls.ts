import type { FastifyInstance } from 'fastify'
import { CONTACT_RESULTS } from '../../domain/survey/contact.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { phoneText } from '../../domain/text/phone.ts'
import { contactLog, type LoggedContact } from '../../office/requests/contact-log.ts'
import type { NonrespondentRow } from '../../office/requests/nonrespondents.ts'
import { forReaders } from '../access.ts'
import { narrowed } from '../list/list.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { NONRESPONDENTS, nonrespondentsIn } from './list.ts'

interface CallLine {
  name: string
  municipality: string
  beds: number
  phone: string
  fax: string
  last: LoggedContact | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/nonrespondents/calls': {
      back: string
      regions: { region: string; lines: CallLine[] }[]
      total: number
      printedAt: string
      /** As they stand in the form in which the sheet is entered. */
      choices: string[]
    }
  }
}

/** 電話連絡票: whom to call, by region, with room to write in who was reached. */
export function callSheetRoutes(app: FastifyInstance, options: AdminOptions): void {
  app.get('/nonrespondents/calls', forReaders, async (request, reply) => {
    const { list, rows, query } = nonrespondentsIn(request, options)
    const found = narrowed(list, rows, query)
    const regions = [...Map.groupBy(found, ({ hospital }) => hospital.region)]
    return adminPage(reply, 'admin/nonrespondents/calls', {
      back: NONRESPONDENTS.address(query),
      regions: regions.map(([region, members]) => ({ region, lines: members.map(callLine) })),
      total: found.length,
      printedAt: dateTimeText(options.now()),
      choices: CONTACT_RESULTS.map(({ label }) => label),
    })
  })
}

function callLine({ hospital, contacts }: NonrespondentRow): CallLine {
  const { name, municipality, beds, phone, fax } = hospital
  return {
    name,
    municipality: municipality ?? '',
    beds,
    phone: phone ? phoneText(phone) : '（登録なし）',
    fax: fax ? phoneText(fax) : '',
    last: contactLog(contacts)[0] ?? null,
  }
}
