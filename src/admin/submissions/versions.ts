import type { FastifyInstance } from 'fastify'
import {
  type ComparedVersions,
  comparedVersions,
  type VersionLine,
  versionLines,
} from '../../office/answers/versions.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'

interface VersionsModel {
  number: string
  hospitalName: string
  versions: VersionLine[]
  compared: ComparedVersions
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/submissions/versions': VersionsModel
  }
}

/** Any two versions of an answer beside each other: the latest two, where no others are asked for. */
export function versionRoutes(app: FastifyInstance, { stores }: AdminOptions): void {
  app.get<{ Params: { number: string } }>(
    '/submissions/:number/versions',
    forReaders,
    async (request, reply) => {
      const submission = stores.submissions.byNumber(request.params.number)
      if (!submission) return refusal(reply, 'not-found')
      const { number, hospitalCode, typedHospital, version: latest } = submission
      const fields = fieldsOf(request.query)
      const asked = (name: string, otherwise: number) => {
        const version = Number(fields.get(name))
        return version >= 1 && version <= latest && Number.isInteger(version) ? version : otherwise
      }
      const hospital = hospitalCode === null ? null : stores.hospitals.byCode(hospitalCode)
      return adminPage(reply, 'admin/submissions/versions', {
        number,
        hospitalName: hospital?.name ?? typedHospital?.name ?? '',
        versions: versionLines(stores, submission),
        compared: comparedVersions(stores, submission, [
          asked('a', Math.max(1, latest - 1)),
          asked('b', latest),
        ]),
      })
    },
  )
}
