/** A wire between two parts: a TCP proxy that can be cut, and that can be slow. */
import { connect, createServer, type Socket } from 'node:net'

export interface Wire {
  port: number
  /** Breaks all connections; new ones are refused until `mend`. */
  cut(): void
  /** Every piece of data, both ways, comes so much later; 0 is at once. */
  slow(ms: number): void
  mend(): void
  close(): void
}

/** @param to - the port of what listens, on the loopback interface */
export async function openWire(to: number): Promise<Wire> {
  const sockets = new Set<Socket>()
  let isCut = false
  let delay = 0
  const carry = (from: Socket, into: Socket): void => {
    sockets.add(from)
    from.on('data', (data) => {
      if (delay === 0) into.write(data)
      else setTimeout(() => into.destroyed || into.write(data), delay)
    })
    from.on('error', () => undefined)
    from.on('close', () => {
      sockets.delete(from)
      into.destroy()
    })
  }
  const server = createServer((socket) => {
    if (isCut) return void socket.destroy()
    const other = connect(to, '127.0.0.1')
    carry(socket, other)
    carry(other, socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as { port: number }).port,
    cut: () => {
      isCut = true
      for (const socket of sockets) socket.destroy()
    },
    slow: (ms) => {
      delay = ms
    },
    mend: () => {
      isCut = false
      delay = 0
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
