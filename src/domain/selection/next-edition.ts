import { NO_SUPPORT_PERIOD_END, type Policy } from './policy.ts'

/** The criteria as they are; what the lots are drawn with is announced anew, and the period is another. */
export function policyOfNextEdition(policy: Policy): Policy {
  return { ...policy, lotterySeed: '', supportPeriodEnd: NO_SUPPORT_PERIOD_END }
}
