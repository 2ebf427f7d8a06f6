/** The workflow bundle: what the worker runs in its sandbox. The build makes it, and a package carries it. */
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'

/** Where the build puts it, from `dist/worker/` and from the sources' `worker/`. */
const built = new URL(
  import.meta.url.endsWith('.ts') ? '../dist/workflow-bundle.js' : '../workflow-bundle.js',
  import.meta.url,
)

/** The bundle for `Worker.create`: the built one, for the sources as well. */
export const workflowBundle = (): { codePath: string } => ({ codePath: fileURLToPath(built) })

/**
 * Frames of a stack in workflows. The SDK takes a stack for every promise, for its `__stack_trace` query, which we
 * don't use: at ten frames each, a third of the workflow thread's time. Three still say where a rule failed.
 */
const FEW_FRAMES = 'Error.stackTraceLimit=3;'

/** Bundles the compiled `workflows/`: for the build. @returns the code, with a map of its lines inside. */
export async function bundle(): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.js', import.meta.url)),
    logger: new DefaultLogger('WARN'),
    webpackConfigHook: (config) => ({
      ...config,
      // Stack traces name file and line. Columns and the sources themselves would be two thirds of the bundle.
      devtool: 'inline-nosources-cheap-module-source-map',
      // Every cached workflow holds its own copy of what modules export: our modules become one, which exports little.
      optimization: {
        ...config.optimization,
        concatenateModules: true,
        usedExports: true,
        providedExports: true,
      },
    }),
  })
  return `${FEW_FRAMES}${code}`
}
