import { VALUE_KINDS } from './scripts/torture/fuzz/values.ts'
import { fuzzed } from './scripts/torture/fuzz/fuzz.ts'
import { REQUEST_KINDS } from './scripts/torture/fuzz/requests.ts'
for (const k of Object.keys(REQUEST_KINDS)) if(!['lost characters','JSON','changes of direction','what nobody sees','as it stands'].includes(k)) delete (REQUEST_KINDS as any)[k]
const o=await fuzzed({rounds:2050,seed:3,by:'route',say:()=>{}})
console.log(o.faults.map(f=>f.slice(0,260)))
