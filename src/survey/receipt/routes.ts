import type { FastifyInstance } from 'fastify'
import type { SurveyOptions } from '../options.ts'
import { acceptanceRoutes } from './acceptance.ts'
import { lookUpRoutes, openReceipt, receiptTries } from './access.ts'
import { correctionRoutes } from './correction.ts'
import { receiptRoute } from './receipt.ts'
import { withdrawalRoutes } from './withdrawal.ts'

/** What a hospital can do with its answer once it is sent. One count of wrong tries over every way in. */
export function receiptRoutes(app: FastifyInstance, options: SurveyOptions): void {
  const tries = receiptTries(app)
  lookUpRoutes(app, options.stores, tries)
  app.register(
    async (behindCode) => {
      behindCode.addHook('preHandler', openReceipt(options.stores, tries))
      receiptRoute(behindCode, options)
      correctionRoutes(behindCode, options)
      withdrawalRoutes(behindCode, options)
      acceptanceRoutes(behindCode, options)
    },
    { prefix: '/receipts/:number/:code' },
  )
}
