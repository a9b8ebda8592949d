import type { FastifyInstance } from 'fastify'
import { keepAddressSecret } from '../../web/security.ts'
import type { SurveyOptions } from '../options.ts'
import { acceptanceRoutes } from './acceptance.ts'
import { lookUpRoutes, openReceipt, receiptTries } from './access.ts'
import { correctionRoutes } from './correction.ts'
import { receiptRoute } from './receipt.ts'
import { withdrawalRoutes } from './withdrawal.ts'

/** What a hospital can do with its answer once it is sent. One count of wrong tries over every way in. */
export function receiptRoutes(app: FastifyInstance, options: SurveyOptions): void {
  const tries = receiptTries(app, options.stores)
  lookUpRoutes(app, options.stores, tries)
  app.register(
    async (behindCode) => {
      keepAddressSecret(behindCode)
      // On a shared machine whoever comes next goes back to nothing. 確認 carries what was typed to the form.
      behindCode.addHook(
        'onRequest',
        async (_request, reply) => void reply.header('cache-control', 'no-store'),
      )
      behindCode.addHook('preHandler', openReceipt(options.stores, tries))
      receiptRoute(behindCode, options)
      correctionRoutes(behindCode, options)
      withdrawalRoutes(behindCode, options)
      acceptanceRoutes(behindCode, options)
    },
    { prefix: '/receipts/:number/:code' },
  )
}
