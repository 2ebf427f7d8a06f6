/** Tasks: what people are asked to do, and the form of a credit check that a person decides. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import * as shapes from '../../contract/index.ts'
import type { Deps } from '../../services/deps.ts'
import { answerTask, finish, task, tasks } from '../../services/tasks.ts'
import { languageOf } from '../audience.ts'
import { invalidRequest } from '../errors.ts'
import { atMost, needsBody } from '../guard.ts'
import { answers, security } from './common.ts'

const ANSWER_MB = 1
const ID = 'The id holds slashes (`lead/visit/step`): write them as `%2F`.'

const listRoute = createRoute({
  method: 'get',
  path: '/v1/tasks',
  summary: 'Tasks, notices and credit checks; the ones still to do first',
  security,
  request: { query: shapes.taskQuery },
  responses: answers(shapes.taskList, 'The tasks'),
})

const showRoute = createRoute({
  method: 'get',
  path: '/v1/tasks/{task}',
  summary: 'One task, and the form it is answered with where it has one',
  description: ID,
  security,
  request: { query: shapes.noQuery, params: shapes.taskParam },
  responses: answers(shapes.taskDetail, 'The task'),
})

const doneRoute = createRoute({
  method: 'post',
  path: '/v1/tasks/{task}/done',
  summary: 'Say that a task is done',
  description: ID,
  security,
  request: { query: shapes.noQuery, params: shapes.taskParam },
  responses: answers(shapes.taskRow, 'It is done'),
})

const answerRoute = createRoute({
  method: 'post',
  path: '/v1/tasks/{task}/answer',
  summary:
    'Answer a task by its form, as JSON or as an HTML form: decide on credit, leave out what can’t be made, or say that they opted out',
  description: `${ID} The same answer twice counts once; another one is refused.`,
  security,
  middleware: [atMost(ANSWER_MB), needsBody],
  request: {
    query: shapes.noQuery,
    params: shapes.taskParam,
    body: {
      content: {
        'application/json': { schema: shapes.taskForm },
        'application/x-www-form-urlencoded': { schema: shapes.taskForm },
        'multipart/form-data': { schema: shapes.taskForm },
      },
    },
  },
  responses: answers(shapes.taskAnswer, 'The signal that came of it, and the task'),
})

export function taskRoutes(app: OpenAPIHono, deps: Deps): void {
  app.openapi(listRoute, async (c) => {
    return c.json({ tasks: await tasks(deps, c.req.valid('query'), languageOf(c)) }, 200)
  })
  app.openapi(showRoute, async (c) => {
    return c.json(await task(deps, c.req.valid('param').task, languageOf(c)), 200)
  })
  app.openapi(doneRoute, async (c) => {
    return c.json(await finish(deps, c.req.valid('param').task, languageOf(c)), 200)
  })
  // Required of a route with several kinds of body, the library would read each request as all of them.
  const { request } = answerRoute
  const body = { ...request.body, required: true }
  app.openAPIRegistry.registerPath({ ...answerRoute, request: { ...request, body } })
  app.openapi({ ...answerRoute, hide: true }, async (c) => {
    const isForm = /form/i.test(c.req.header('content-type') ?? '')
    const form = shapes.taskForm.safeParse(isForm ? c.req.valid('form') : c.req.valid('json'))
    if (!form.success) throw invalidRequest(form.error, isForm ? 'form' : 'body')
    return c.json(await answerTask(deps, c.req.valid('param').task, form.data, languageOf(c)), 200)
  })
}
