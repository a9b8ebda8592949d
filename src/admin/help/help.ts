import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type GuideSection, guideChapters, PICTURES_ROOT } from '../../files/guide.ts'
import { VERSION } from '../../version.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { securitySheetRoutes } from './security-sheet.ts'

interface HelpModel {
  /** Of the program, for whoever asks. */
  version: string
  guides: { id: string; heading: string; sections: { id: string; heading: string }[] }[]
}

interface SectionModel {
  section: GuideSection
  previous: GuideSection | null
  next: GuideSection | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/help/help': HelpModel
    'admin/help/section': SectionModel
  }
}

const PICTURES = '/admin/help/pictures'
const officersGuide = () => guideChapters('officer-guide', PICTURES)
const hospitalsGuide = () => guideChapters('hospital-guide', PICTURES)

/** 使い方: the guides of docs/ja, chapter by chapter. Every page of the officers' side leads to its chapter. */
export function helpRoutes(app: FastifyInstance, options: AdminOptions): void {
  const pictures = new Set(readdirSync(PICTURES_ROOT))

  app.get('/help', forReaders, async (_request, reply) =>
    adminPage(reply, 'admin/help/help', {
      version: VERSION,
      guides: [
        { id: 'officers', heading: '担当者の手引', sections: officersGuide() },
        { id: 'hospitals', heading: '病院の手引（問合せを受けたときに）', sections: hospitalsGuide() },
      ],
    }),
  )

  securitySheetRoutes(app, options)

  app.get(
    '/help/pictures/:picture',
    forReaders,
    async (request: FastifyRequest<{ Params: { picture: string } }>, reply) => {
      const { picture } = request.params
      if (!pictures.has(picture)) return refusal(reply, 'not-found')
      return reply.type('image/png').send(readFileSync(resolve(PICTURES_ROOT, picture)))
    },
  )

  app.get(
    '/help/:chapter',
    forReaders,
    async (request: FastifyRequest<{ Params: { chapter: string } }>, reply) => {
      const sections = [...officersGuide(), ...hospitalsGuide()]
      const place = sections.findIndex(({ id }) => id === request.params.chapter)
      const section = sections[place]
      if (!section) return refusal(reply, 'not-found')
      return adminPage(reply, 'admin/help/section', {
        section,
        previous: sections[place - 1] ?? null,
        next: sections[place + 1] ?? null,
      })
    },
  )
}
