/** A credit bureau for tests: a real HTTP server that answers as it is told, and keeps what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}

export type Manner = (response: ServerResponse, asked: Asked) => void | Promise<void>

export interface Bureau {
  url: string
  asked: Asked[]
  /** How the next ones are answered, in turn; then as `usual`. */
  manners: Manner[]
  close(): Promise<void>
}

/** Answers with a status and a body: an object is JSON. */
export const says =
  (status: number, body: unknown = ''): Manner =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }

/** Breaks the connection off without an answer. */
export const hangsUp: Manner = (response) => {
  response.destroy()
}

/** Never answers. */
export const isSilent: Manner = () => undefined

export async function startBureau(usual: Manner = says(200, { status: 'open' })): Promise<Bureau> {
  const bureau: Bureau = { url: '', asked: [], manners: [], close: async () => undefined }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = '', url = '', headers } = request
    const asked = { method, url, headers, body: Buffer.concat(chunks).toString() }
    bureau.asked.push(asked)
    await (bureau.manners.shift() ?? usual)(response, asked)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  bureau.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  bureau.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return bureau
}
