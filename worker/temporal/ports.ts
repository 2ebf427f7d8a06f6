/** Ports of this machine: free ones, and those that somebody listens on. Everything is on the loopback interface. */
import { connect, createServer } from 'node:net'
import { RelanceError } from '../../cadence/errors.ts'

export const IP = '127.0.0.1'

/**
 * The port that was asked for, or else the one of before while it is free, or else any free one.
 * @throws RelanceError `port_in_use` when the one that was asked for is taken
 */
export async function choosePort(wanted?: number, before?: number): Promise<number> {
  if (wanted !== undefined) {
    if (await isFree(wanted)) return wanted
    throw new RelanceError('port_in_use', { host: IP, port: wanted })
  }
  if (before !== undefined && (await isFree(before))) return before
  return (await listenOn(0)) as number
}

/** Asks by connecting, since trying to listen could take the port from the server. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, IP)
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}

async function isFree(port: number): Promise<boolean> {
  return (await listenOn(port)) !== undefined
}

/** Listens for a moment. Resolves to the port, or to `undefined` when it is taken. */
function listenOn(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, IP, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}
