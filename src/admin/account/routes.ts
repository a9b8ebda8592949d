import type { FastifyInstance } from 'fastify'
import type { AdminOptions } from '../options.ts'
import { accountPageRoutes } from './account.ts'
import { recoveryCodeRoutes } from './recovery-codes.ts'
import { secondFactorRoutes } from './second-factor.ts'
import { secondFactorOffRoutes } from './second-factor-off.ts'

/** ログインの設定: what everybody settles about the own login. */
export function accountRoutes(app: FastifyInstance, options: AdminOptions): void {
  accountPageRoutes(app, options)
  secondFactorRoutes(app, options)
  secondFactorOffRoutes(app, options)
  recoveryCodeRoutes(app, options)
}
