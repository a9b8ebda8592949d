// Ends with 0 where the program in this container answers and its database can be written.
const answer = await fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/healthz`).catch(() => null)
process.exit(answer?.ok ? 0 : 1)
