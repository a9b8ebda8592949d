import type { FastifyReply, FastifyRequest } from 'fastify'
import { typedForm } from '../../domain/answer/form.ts'
import { fieldsOf } from '../../web/fields.ts'
import { page } from '../../web/views.ts'
import { type AnswerRow, answerRows, type FindHospital } from './answer-rows.ts'

export interface OutsidePeriodModel {
  /** What was typed, where a form was sent: shown, so that nothing is lost. */
  rows: AnswerRow[]
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
    if (request.method !== 'POST') return page(reply, 'survey/answer/outside-period', { rows: [] })
    const rows = answerRows(typedForm(fieldsOf(request.body)), findHospital)
    return page(reply.code(403), 'survey/answer/outside-period', { rows })
  }
}
