import { connect } from 'node:net'

/** Whether something on this machine takes connections at a port. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    const tell = (isTaken: boolean) => {
      socket.destroy()
      resolve(isTaken)
    }
    socket.once('connect', () => tell(true)).once('error', () => tell(false))
  })
}
