import type { FastifyInstance } from 'fastify'
import {
  daysLeft,
  deadlineText,
  extensionText,
  type PeriodState,
  periodState,
} from '../domain/survey/period.ts'
import { type Prefecture, prefectureOf } from '../domain/survey/prefecture.ts'
import type { Settings } from '../domain/survey/settings.ts'
import { dateTimeText } from '../domain/text/dates.ts'

/** What every page knows of the survey: the settings and where in its period it stands. */
export interface Site extends Settings {
  /** How the prefecture is spoken of: 県, 県内, 本県. */
  place: Prefecture
  state: PeriodState
  /** 0 on the last day, negative after it. */
  daysLeft: number
  /** 令和6年3月8日（金）0時00分 */
  opening: string
  /** 令和6年3月18日（月）24時00分 */
  deadline: string
  /** 回答期限を…から…に延長しました。 '' where it was not. */
  extension: string
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Read once a request, when first asked for. */
    readonly site: Site
  }
}

function siteOf(settings: Settings, now: Date): Site {
  return {
    ...settings,
    place: prefectureOf(settings.prefecture),
    state: periodState(settings, now),
    daysLeft: daysLeft(settings, now),
    opening: dateTimeText(settings.opensAt),
    deadline: deadlineText(settings),
    extension: extensionText(settings),
  }
}

export function registerSite(app: FastifyInstance, readSettings: () => Settings, now: () => Date): void {
  const known = new WeakMap<object, Site>()
  app.decorateRequest('site', {
    getter() {
      const site = known.get(this) ?? siteOf(readSettings(), now())
      known.set(this, site)
      return site
    },
  })
}
