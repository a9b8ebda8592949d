import type { FastifyReply, FastifyRequest } from 'fastify'
import { type FindHospital, type QuestionLine, typedLines } from '../../domain/answer/lines.ts'
import { page } from '../../web/views.ts'
import { typedIn } from './answering.ts'

interface OutsidePeriodModel {
  /** What was typed, where a form was sent: shown, so that nothing is lost. */
  lines: QuestionLine[]
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/answer/outside-period': OutsidePeriodModel
  }
}

/** Answers are taken within the period only. Outside it a reader learns since or until when, a sender keeps the text. */
export function withinPeriod(findHospital: FindHospital) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    if (request.site.state === 'open') return undefined
    if (request.method !== 'POST') return page(reply, 'survey/answer/outside-period', { lines: [] })
    const lines = typedLines(typedIn(request), findHospital, request.site.questions)
    return page(reply.code(403), 'survey/answer/outside-period', { lines })
  }
}
