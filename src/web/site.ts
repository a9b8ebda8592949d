import type { FastifyInstance } from 'fastify'
import type { FurtherQuestion } from '../domain/answer/further.ts'
import type { Question } from '../domain/answer/questions.ts'
import { questionsWith } from '../domain/answer/with-further.ts'
import type { Notice } from '../domain/notice/notice.ts'
import { type DatedFacts, datedFacts } from '../domain/survey/dated-facts.ts'
import {
  daysLeft,
  deadlineText,
  extensionText,
  openingText,
  type PeriodState,
  periodOf,
  periodState,
} from '../domain/survey/period.ts'
import { type Prefecture, prefectureOf } from '../domain/survey/prefecture.ts'
import { isOfRehearsal } from '../domain/survey/rehearsal.ts'
import type { Settings } from '../domain/survey/settings.ts'
import { isUnsafe } from './writing.ts'

/** What every page knows of the survey: the settings and where in its period it stands. */
export interface Site extends Settings {
  /** How the prefecture is spoken of: 県, 県内, 本県. */
  place: Prefecture
  /** 調査の試験: this is the copy. */
  isRehearsal: boolean
  state: PeriodState
  /** What was set of the edition's dates, in words. */
  dated: DatedFacts
  /** 0 on the last day, negative after it, and while nothing is set. */
  daysLeft: number
  /** 令和6年3月8日（金）; '' while nothing is set. */
  opening: string
  /** 令和6年3月18日（月）24時; '' while nothing is set. */
  deadline: string
  /** 回答期限を…から…に延長しました。 '' where it was not. */
  extension: string
  /** The further questions of this edition, those that have ended too. */
  readonly further: readonly FurtherQuestion[]
  /** Everything that the form asks or has asked, to read any answer by. */
  readonly questions: readonly Question[]
  /** The notice and its questions and answers as they stand. */
  readonly notice: Notice
  /** What every address says once nothing is kept any more; null before. */
  readonly ended: EndedSurvey | null
}

/** What is said of a survey whose keeping is over. */
export interface EndedSurvey {
  /** 令和14年4月1日（木）10時 */
  purgedAt: string
  /** 令和14年3月31日（水） */
  retentionUntil: string
  basis: string
  lines: { label: string; rows: number }[]
  record: { count: number; head: string }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Asked for once a request, and of a form again once it is there: whatever handles it sees one alone. */
    readonly site: Site
    siteAsked: Site | null
  }
}

/** Where what every page knows is read. */
export interface SiteReaders {
  /** Another one wherever one of the others may say something else. */
  stamp: () => string
  settings: () => Settings
  notice: () => Notice
  further: () => readonly FurtherQuestion[]
  ended: () => EndedSurvey | null
  /** Whether what one of them threw means that the storage cannot be read for now. */
  isUnavailable: (error: unknown) => boolean
}

/**
 * One site for all requests, as long as nothing that it says changes: what is made of it alone may be kept as long as it is
 * the same object. Read at once and whole, so that where the storage cannot be read all of it is still as it was last.
 */
export function registerSite(app: FastifyInstance, readers: SiteReaders, now: () => Date): void {
  const current = keptSite(readers, now)
  current()
  app.decorateRequest('siteAsked', null)
  app.decorateRequest('site', {
    getter() {
      this.siteAsked ??= current()
      return this.siteAsked
    },
  })
  // What is sent counts as it stands once all of it has come, however long that took: the deadline may have passed meanwhile.
  app.addHook('preValidation', (request, _reply, done) => {
    if (isUnsafe(request)) request.siteAsked = null
    done()
  })
}

function keptSite(readers: SiteReaders, now: () => Date): () => Site {
  let known: { stamp: string; facts: Facts; site: Site } | null = null

  /** Before anything is read: what another process writes meanwhile is then read again. */
  function factsNow(): { stamp: string; facts: Facts } {
    try {
      const stamp = readers.stamp()
      return known?.stamp === stamp ? known : { stamp, facts: factsIn(readers) }
    } catch (error) {
      if (known === null || !readers.isUnavailable(error)) throw error
      return known
    }
  }

  return () => {
    const { stamp, facts } = factsNow()
    const moment = momentOf(facts, now())
    const site = known?.facts === facts && isSame(known.site, moment) ? known.site : { ...facts, ...moment }
    known = { stamp, facts, site }
    return site
  }
}

/** All that the pages know of the clock, besides when something happened: they end where one of these does. */
type Moment = Pick<Site, 'state' | 'daysLeft'>

type Facts = Omit<Site, keyof Moment>

function momentOf(settings: Settings, now: Date): Moment {
  const period = periodOf(settings)
  return { state: periodState(settings, now), daysLeft: period ? daysLeft(period, now) : -1 }
}

function isSame(site: Moment, { state, daysLeft }: Moment): boolean {
  return site.state === state && site.daysLeft === daysLeft
}

function factsIn(read: SiteReaders): Facts {
  const settings = read.settings()
  const period = periodOf(settings)
  const further = read.further()
  return {
    ...settings,
    place: prefectureOf(settings.prefecture),
    isRehearsal: isOfRehearsal(settings.prefecture),
    dated: datedFacts(settings),
    opening: period ? openingText(period) : '',
    deadline: period ? deadlineText(period) : '',
    extension: extensionText(settings),
    further,
    questions: questionsWith(further),
    notice: read.notice(),
    ended: read.ended(),
  }
}
