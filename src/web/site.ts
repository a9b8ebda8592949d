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
  /** The further questions of this edition, those that have ended too. Read when first asked for. */
  readonly further: readonly FurtherQuestion[]
  /** Everything that the form asks or has asked, to read any answer by. */
  readonly questions: readonly Question[]
  /** The notice and its questions and answers as they stand. Read when first asked for. */
  readonly notice: Notice
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Read once a request, when first asked for. */
    readonly site: Site
  }
}

function siteOf({ settings: readSettings, ...read }: SiteReaders, now: Date): Site {
  const settings = readSettings()
  const period = periodOf(settings)
  let notice: Notice | null = null
  let further: readonly FurtherQuestion[] | null = null
  let questions: readonly Question[] | null = null
  return {
    ...settings,
    place: prefectureOf(settings.prefecture),
    isRehearsal: isOfRehearsal(settings.prefecture),
    state: periodState(settings, now),
    dated: datedFacts(settings),
    daysLeft: period ? daysLeft(period, now) : -1,
    opening: period ? openingText(period) : '',
    deadline: period ? deadlineText(period) : '',
    extension: extensionText(settings),
    get notice() {
      notice ??= read.notice()
      return notice
    },
    get further() {
      further ??= read.further()
      return further
    },
    get questions() {
      questions ??= questionsWith(this.further)
      return questions
    },
  }
}

/** Where what every page knows is read. */
interface SiteReaders {
  settings: () => Settings
  notice: () => Notice
  further: () => readonly FurtherQuestion[]
}

export function registerSite(app: FastifyInstance, readers: SiteReaders, now: () => Date): void {
  const known = new WeakMap<object, Site>()
  app.decorateRequest('site', {
    getter() {
      const site = known.get(this) ?? siteOf(readers, now())
      known.set(this, site)
      return site
    },
  })
}
