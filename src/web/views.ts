import fastifyView from '@fastify/view'
import { Eta } from 'eta'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { labelOf } from '../domain/text/choice.ts'
import { dateText, dateTimeText, isoMinuteText, monthText } from '../domain/text/dates.ts'
import { grouped } from '../domain/text/grouped.ts'
import { programFile } from '../program-files.ts'
import { assetUrl } from './assets.ts'
import { markedPage } from './rehearsal-page.ts'
import type { Site } from './site.ts'
import { unbroken, unbrokenDates } from './unbroken-dates.ts'

/**
 * Every view with the type of its model. Each feature adds its own entries by module augmentation,
 * so that a page cannot be rendered with a model that does not fit.
 */
export interface Views {
  error: { heading: string; message: string; status: number; side: 'public' | 'admin'; id: string }
}

export const VIEWS_ROOT = programFile('views')

/** Eta with values that must exist: a page with a hole fails in a test instead of showing "undefined". */
function createEta({ cache, isRehearsal }: ViewOptions): Eta {
  const eta = new Eta({
    views: VIEWS_ROOT,
    cache,
    escapeFunction: escapeHtml,
    filterFunction: (html, names?: readonly string[]) => unbroken(String(html), names),
    plugins: [unbrokenDates],
  })
  if (!isRehearsal) return eta
  const { render } = eta
  const barFor = (reader: object) => render.call(eta, '/rehearsal/bar', reader)
  return Object.assign(eta, {
    render: (...args: Parameters<Eta['render']>) => markedPage(render.apply(eta, args), barFor),
  })
}

interface ViewOptions {
  cache: boolean
  /** Of the copy of a rehearsal: every page says that it is one. */
  isRehearsal: boolean
}

declare module 'fastify' {
  interface FastifyInstance {
    eta: Eta
  }
}

export async function registerViews(app: FastifyInstance, options: ViewOptions): Promise<void> {
  const eta = createEta(options)
  app.decorate('eta', eta)
  await app.register(fastifyView, { engine: { eta }, root: VIEWS_ROOT, production: options.cache })
}

/** Renders a view into the reply. The model is under `it`; `site`, `asset` and the text functions come with it. */
export function page<Name extends keyof Views>(
  reply: FastifyReply,
  name: Name,
  model: Views[Name],
): FastifyReply {
  return sendView(reply, name, model)
}

/** The same of whatever view, for what knows its models by itself. */
export function sendView(reply: FastifyReply, name: string, model: object): FastifyReply {
  return reply.view(name, viewData(model, reply.request.site))
}

export const HTML = 'text/html; charset=utf-8'

/** The page as text, of whatever request it is shown to. @throws where it cannot be made */
export function viewText<Name extends keyof Views>(
  { eta }: FastifyInstance,
  name: Name,
  model: Views[Name],
  site: Site,
): string {
  return eta.render(`/${name}`, viewData(model, site))
}

function viewData(model: object, site: Site): object {
  return { ...VIEW_FUNCTIONS, asset: assetUrl, ...model, site }
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeHtml(value: unknown): string {
  if (value === undefined || value === null) throw new Error(`a view printed ${String(value)}`)
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character]!)
}

/** What every view may call: how dates, months, numbers and choices read. */
const VIEW_FUNCTIONS = { dateText, dateTimeText, isoMinuteText, monthText, grouped, labelOf, telHref }

/** 099-286-2707 → tel:+81992862707, so that a phone dials it from anywhere. */
function telHref(phone: string): string {
  return `tel:+81${phone.replace(/\D/g, '').replace(/^0/, '')}`
}
