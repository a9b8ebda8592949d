import type { FastifyInstance } from 'fastify'
import type { AdminOptions } from '../options.ts'
import { userActRoutes } from './acts.ts'
import { userListRoutes } from './list.ts'
import { oneTimePasswordRoutes } from './one-time-password.ts'
import { userRoutes } from './user.ts'

/** 利用者: who may log in and as what, for administrators alone. */
export function usersRoutes(app: FastifyInstance, options: AdminOptions): void {
  userListRoutes(app, options)
  userRoutes(app, options)
  userActRoutes(app, options)
  oneTimePasswordRoutes(app, options)
}
