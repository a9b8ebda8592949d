import type { FastifyInstance } from 'fastify'
import type { AdminOptions } from '../options.ts'
import { gmisImportRoutes } from './import.ts'
import { gmisMappingRoutes } from './mapping.ts'

/** The answers of the GMIS survey, which hospitals may let the prefecture use again. */
export function gmisRoutes(app: FastifyInstance, options: AdminOptions): void {
  gmisImportRoutes(app, options)
  gmisMappingRoutes(app, options)
}
