import type { FastifyInstance } from 'fastify'
import { shippedGeography } from '../../files/geography/shipped-geography.ts'
import { emptyHospitalCsv, emptyHospitalXlsx } from '../../files/hospitals/template.ts'
import { XLSX_TYPE } from '../../files/xlsx/write.ts'
import { hasGeography } from '../../office/master/import.ts'
import { forOfficers } from '../access.ts'
import { csvType, encodingOf, sendFile } from '../downloads.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/geography': { prefectureCode: string; hasGeography: boolean }
  }
}

/** What helps with an import: an empty hospital sheet, and how another prefecture's municipalities are added. */
export function importHelpRoutes(app: FastifyInstance, { stores }: AdminOptions): void {
  const name = '病院台帳（様式）'
  const fallback = 'hospital-sheet'

  app.get('/hospitals/import/template.csv', forOfficers, async (request, reply) => {
    const encoding = encodingOf(request.query)
    const file = { name: `${name}.csv`, fallback: `${fallback}.csv`, type: csvType(encoding) }
    return sendFile(reply, { ...file, bytes: emptyHospitalCsv(encoding) }, nothing)
  })

  app.get('/hospitals/import/template.xlsx', forOfficers, async (_request, reply) => {
    const [place] = shippedGeography(stores.settings.read().prefectureCode).municipalities
    const bytes = await emptyHospitalXlsx(place ?? { name: '○○市', region: '○○' })
    return sendFile(
      reply,
      { name: `${name}.xlsx`, fallback: `${fallback}.xlsx`, type: XLSX_TYPE, bytes },
      nothing,
    )
  })

  app.get('/hospitals/import/geography', forOfficers, async (_request, reply) =>
    adminPage(reply, 'admin/hospitals/geography', {
      prefectureCode: stores.settings.read().prefectureCode,
      hasGeography: hasGeography(stores),
    }),
  )
}

/** An empty sheet tells nobody anything: it is not on the record. */
function nothing(): void {}
