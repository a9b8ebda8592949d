import type { FastifyInstance } from 'fastify'
import { dayText } from '../../domain/text/dates.ts'
import {
  endKeeping,
  obstacleText,
  type PurgeObstacle,
  purgedLines,
  purgeObstacle,
} from '../../office/retention.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forAdministrators } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { ownCookie, sessionCookie } from '../session/session.ts'

interface PurgeModel {
  /** '' where the retention is over and everything was taken away. */
  obstacle: string
  /** Where to go on about the obstacle. */
  next: { href: string; label: string } | null
  lines: { label: string; rows: number }[]
  until: string
  word: string
  basis: string
  errors: { basis: string | null; word: string | null }
  errorSummary: ErrorLine[]
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/purge/purge': PurgeModel
  }
}

/** What has to be typed: nobody deletes everything by one click. */
const WORD = '消去する'
const LONGEST_BASIS = 200

const toPurge = { config: { role: 'admin', act: '回答の消去', proven: true } } as const

/** 回答の消去: after the retention everything that the survey holds is deleted, and only counts are left. */
export function purgeRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now, forgetKeys, https } = options
  const modelOf = (obstacle: PurgeObstacle | null, typed = { basis: '' }): PurgeModel => {
    const { retentionUntil } = stores.settings.read()
    return {
      obstacle: obstacle ? obstacleText(obstacle) : '',
      next: obstacle && NEXT[obstacle.kind],
      lines: purgedLines(stores.purge.counts()),
      until: retentionUntil === null ? '' : dayText(retentionUntil),
      word: WORD,
      ...typed,
      errors: { basis: null, word: null },
      errorSummary: [],
    }
  }

  app.get('/purge', forAdministrators, async (_request, reply) =>
    adminPage(reply, 'admin/purge/purge', modelOf(purgeObstacle(stores, now()))),
  )

  app.post('/purge', toPurge, async (request, reply) => {
    const fields = fieldsOf(request.body)
    const basis = fields.get('basis').trim()
    const errors = errorsOf(basis, fields.get('word').trim())
    const obstacle = purgeObstacle(stores, now())
    if (obstacle) return adminPage(reply.code(409), 'admin/purge/purge', modelOf(obstacle, { basis }))
    if (errors.basis !== null || errors.word !== null)
      return adminPage(reply.code(422), 'admin/purge/purge', {
        ...modelOf(null, { basis }),
        errors,
        errorSummary: errorLines(errors),
      })
    const outcome = endKeeping(stores, { at: now(), basis, forgetKeys })
    if (outcome.kind === 'refused')
      return adminPage(reply.code(409), 'admin/purge/purge', modelOf(outcome.obstacle, { basis }))
    request.log.warn({ isSwept: outcome.isSwept }, 'the survey was purged')
    // Nobody is known any more: without this the session would be written again.
    await request.session.destroy()
    return reply.clearCookie(sessionCookie(https, options), ownCookie(https)).redirect('/admin', 303)
  })
}

const NEXT: Record<PurgeObstacle['kind'], PurgeModel['next']> = {
  'no-day': { href: '/admin/settings#retentionUntil', label: '設定で満了日を入力する' },
  kept: null,
  'not-taken': { href: '/admin/package', label: '一式を保存する' },
}

function errorsOf(basis: string, word: string): PurgeModel['errors'] {
  return {
    basis:
      basis === ''
        ? '廃棄の理由を入力してください。'
        : [...basis].length > LONGEST_BASIS
          ? `廃棄の理由は、${LONGEST_BASIS}文字以内で入力してください。`
          : null,
    word: word === WORD ? null : `確認のため、「${WORD}」と入力してください。`,
  }
}
