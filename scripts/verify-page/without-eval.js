import { config } from 'zod'

// The page's policy forbids code that is made from text: the schemas are read, not compiled. Comes before all of them.
config({ jitless: true })
