/** What the chaos does to the processes: each fault is begun, lasts, and is over by itself. */
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { Part } from './part.ts'
import type { World } from './world.ts'

export interface Fault {
  name: string
  /** Milliseconds that it lasts at most; a short chaos leaves the long ones out. */
  longest: number
  possible(world: World): boolean
  run(world: World, roll: Roll): Promise<void>
}

/** Dice, and what is made of them. */
export interface Roll {
  between(least: number, most: number): number
  of<T>(list: readonly T[]): T
}

const always = (): boolean => true
const SECOND = 1000

/** Down on purpose for a while: nothing begins it again. */
async function away(world: World, part: Part, signal: NodeJS.Signals, ms: number): Promise<void> {
  world.down.add(part)
  await part.stop(signal)
  await pause(ms)
  world.down.delete(part)
  await part.start().catch(() => undefined)
}

async function inMood(world: World, mood: Parameters<World['moodOf']>[0], ms: number): Promise<void> {
  world.moodOf(mood)
  await pause(ms)
  world.moodOf({ kind: 'calm' })
  // Whoever puts the cause right says so; by itself, a pause ends after minutes.
  await world.api.resumeMailbox('claire').catch(() => undefined)
}

/** What servers say to letters that they may take another time. */
const REFUSALS = [
  { kind: 'refuses', at: 'rcpt', code: 451, text: '4.7.1 Greylisted, try again later' },
  { kind: 'refuses', at: 'rcpt', code: 452, text: '4.2.2 Mailbox full' },
  { kind: 'refuses', at: 'rcpt', code: 550, text: '5.7.1 Relaying denied' },
  { kind: 'refuses', at: 'dot', code: 451, text: '4.3.0 Try again later' },
  { kind: 'refuses', at: 'dot', code: 421, text: '4.3.2 Shutting down' },
  { kind: 'refuses', at: 'dot', code: 550, text: '5.7.1 Daily sending quota exceeded' },
] as const

export const FAULTS: readonly Fault[] = [
  {
    name: 'kill',
    longest: 3 * SECOND,
    possible: always,
    run: (world, roll) => away(world, roll.of(world.relance), 'SIGKILL', roll.between(0, 3 * SECOND)),
  },
  {
    name: 'kill all at once',
    longest: 2 * SECOND,
    possible: ({ relance }) => relance.length > 1,
    run: async (world) => {
      await Promise.all(world.relance.map((part) => away(world, part, 'SIGKILL', SECOND)))
    },
  },
  {
    name: 'freeze',
    longest: 60 * SECOND,
    possible: always,
    run: (world, roll) => roll.of(world.relance).freeze(roll.between(5 * SECOND, 60 * SECOND)),
  },
  {
    name: 'stop and begin again',
    longest: 5 * SECOND,
    possible: always,
    run: (world, roll) => away(world, roll.of(world.relance), 'SIGTERM', roll.between(0, 2 * SECOND)),
  },
  {
    name: 'restart PostgreSQL (immediate)',
    longest: 5 * SECOND,
    possible: ({ postgres }) => postgres !== undefined,
    run: (world, roll) => away(world, world.postgres as Part, 'SIGQUIT', roll.between(0, 3 * SECOND)),
  },
  {
    name: 'kill Temporal',
    longest: 3 * SECOND,
    possible: always,
    run: async (world, roll) => {
      if (world.temporal) return away(world, world.temporal, 'SIGKILL', roll.between(0, 3 * SECOND))
      // The embedded one: Relance ends with it, and is begun again.
      killEmbeddedTemporal(world)
    },
  },
  {
    name: 'no Temporal for a minute',
    longest: 60 * SECOND,
    possible: ({ temporal }) => temporal !== undefined,
    run: (world) => away(world, world.temporal as Part, 'SIGTERM', 60 * SECOND),
  },
  {
    name: 'cut connections',
    longest: 10 * SECOND,
    possible: ({ wires }) => wires.length > 0,
    run: async ({ wires }, roll) => {
      const wire = roll.of(wires)
      wire.cut()
      await pause(roll.between(0, 10 * SECOND))
      wire.mend()
    },
  },
  {
    name: 'slow connections',
    longest: 15 * SECOND,
    possible: ({ wires }) => wires.length > 0,
    run: async ({ wires }, roll) => {
      const wire = roll.of(wires)
      wire.slow(roll.between(50, 1500))
      await pause(roll.between(3 * SECOND, 15 * SECOND))
      wire.mend()
    },
  },
  {
    name: 'the mail server refuses',
    longest: 10 * SECOND,
    possible: always,
    run: (world, roll) => inMood(world, roll.of(REFUSALS), roll.between(2 * SECOND, 10 * SECOND)),
  },
  {
    name: 'the answer after the dot is lost',
    longest: 5 * SECOND,
    possible: always,
    run: (world, roll) => inMood(world, { kind: 'lost' }, roll.between(SECOND, 5 * SECOND)),
  },
  {
    name: 'the answer after the dot is late',
    longest: 40 * SECOND,
    possible: always,
    run: (world, roll) =>
      inMood(
        world,
        { kind: 'late', ms: roll.between(SECOND, 30 * SECOND) },
        roll.between(SECOND, 10 * SECOND),
      ),
  },
  {
    name: 'kill the mail server',
    longest: 3 * SECOND,
    possible: always,
    run: (world, roll) => away(world, world.mail, 'SIGKILL', roll.between(0, 3 * SECOND)),
  },
  {
    name: 'a full disk',
    longest: 10 * SECOND,
    possible: ({ disk }) => disk !== undefined,
    run: async ({ disk }, roll) => {
      disk?.fill()
      await pause(roll.between(2 * SECOND, 10 * SECOND))
      disk?.free()
    },
  },
  {
    name: 'workflows terminated from outside',
    longest: 2 * SECOND,
    possible: always,
    run: async (world, roll) => {
      const { client, close } = await world.temporalClient()
      try {
        const running: string[] = []
        const query = "WorkflowType = 'lead' AND ExecutionStatus = 'Running'"
        for await (const { workflowId } of client.workflow.list({ query })) running.push(workflowId)
        for (let n = 0; n < 5 && running.length > 0; n++) {
          await client.workflow.getHandle(roll.of(running)).terminate('chaos')
        }
      } finally {
        await close()
      }
    },
  },
]

function killEmbeddedTemporal({ disk, folder }: World): void {
  const home = `${disk?.folder ?? `${folder}/disk`}/home`
  const { pid } = JSON.parse(readFileSync(`${home}/temporal.json`, 'utf8')) as { pid?: number }
  if (pid) process.kill(pid, 'SIGKILL')
}
