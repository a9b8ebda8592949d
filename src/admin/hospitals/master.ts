import type { FastifyInstance } from 'fastify'
import type { AdminOptions } from '../options.ts'
import { differenceRoutes } from './differences.ts'
import { importRoutes } from './import.ts'
import { importHelpRoutes } from './import-help.ts'
import { importedRoutes } from './imported.ts'
import { oneMatchRoutes } from './match.ts'
import { matchUndoRoutes } from './match-undo.ts'
import { matchRoutes } from './matches.ts'
import { publicFactRoutes } from './public-facts.ts'
import { sourceRoutes } from './sources.ts'

/** How the master comes into being and is kept: files, matches, sources. */
export function masterRoutes(app: FastifyInstance, options: AdminOptions): void {
  for (const routes of [
    importRoutes,
    importHelpRoutes,
    importedRoutes,
    matchRoutes,
    oneMatchRoutes,
    matchUndoRoutes,
    differenceRoutes,
    sourceRoutes,
    publicFactRoutes,
  ])
    routes(app, options)
}
