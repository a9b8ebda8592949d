import type { FastifyInstance } from 'fastify'
import { errorPage } from './errors.ts'
import type { Site } from './site.ts'
import { sendVariant, type Variants, variantsOf } from './variants.ts'
import { HTML, type Views, viewText } from './views.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Everybody gets the same bytes. */
    isKept?: boolean
  }
}

/**
 * Makes the page, out of the site and of tables that are shown to everybody (`SHOWN_TABLES`): it sees no request and no
 * clock, so that nothing of whoever asks, and of no other moment, can be in it.
 * @returns null where there is no such page as things stand
 */
type Rendering = (site: Site, view: View) => string | null

type View = <Name extends keyof Views>(name: Name, model: Views[Name]) => string

/**
 * A page that everybody gets alike: the same bytes, made once for as long as the site is the same, in each encoding that is
 * asked for. A browser that has them gets 304. Asked for every time, so that the page ends when it would read otherwise.
 */
export function keptPage(app: FastifyInstance, url: string, render: Rendering): void {
  let kept: { site: Site; text: string; variants: Variants } | null = null

  function variantsFor(site: Site): Variants | null {
    if (kept?.site === site && app.eta.config.cache) return kept.variants
    const text = render(site, (name, model) => viewText(app, name, model, site))
    if (text === null) return null
    // Most of what changes shows on few of the pages: what reads the same stays encoded.
    kept = { site, text, variants: kept?.text === text ? kept.variants : variantsOf(text) }
    return kept.variants
  }

  app.get(url, { compress: false, config: { isKept: true } }, (request, reply) => {
    const variants = variantsFor(request.site)
    if (variants === null) return errorPage(reply, 404)
    return sendVariant(reply.type(HTML).header('cache-control', 'public, no-cache'), variants)
  })
}
