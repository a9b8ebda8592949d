import { Faults, type Outcome, type Subject, type SubjectOptions } from '../subject.ts'
import { killActing } from './acts.ts'
import { killAnswering } from './answers.ts'

/** SIGKILL at any moment: three of five rounds while hospitals answer, the others in the middle of one long act. */
export const kill: Subject = {
  name: 'kill',
  title: 'kill -9 under load',
  rounds: 200,
  run: (options) => killed(options),
}

async function killed({ rounds, seed, say }: SubjectOptions): Promise<Outcome> {
  const faults = new Faults()
  const answering = Math.ceil((rounds * 3) / 5)
  const answers = await killAnswering({ rounds: answering, seed, faults, say })
  const { acts } = await killActing({ rounds: rounds - answering, seed, faults, say })
  return {
    figures: [
      ['rounds', rounds],
      ['receipts', answers.receipts],
      ['corrections', answers.corrections],
      ['withdrawals', answers.withdrawals],
      ['cut off and sent again', answers.resent],
      ['settings by page', answers.settings],
      ...[...acts].map(([name, { rounds: own, whole }]) => [name, `${whole} of ${own} whole`] as const),
    ],
    faults: faults.all,
  }
}
