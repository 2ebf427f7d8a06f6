/** Which benefit to argue next (docs/design.md §1: theme), for steps with `theme: best`. */
import type { Lead } from './lead.ts'
import { THEMES, type Theme } from './words.ts'

/** The templates an e-mail may need: one, or one for each benefit. */
export const templatesOf = (name: string, theme: Theme | 'best' | undefined): string[] =>
  theme === 'best' ? THEMES.map((each) => templateOf(name, each)) : [name]

/** The template of `theme: best` for a benefit. */
export const templateOf = (name: string, theme: Theme): string => `${name}-${theme}`

/** The benefit this lead answers to most, else the one argued least so far; in doubt the first of docs/design.md's list. */
export function bestTheme({ facts, argued }: Lead): Theme {
  const most = (count: (theme: Theme) => number): Theme =>
    THEMES.reduce((best, theme) => (count(theme) > count(best) ? theme : best))
  const liked = most((theme) => facts.themes[theme] ?? 0)
  return facts.themes[liked] ? liked : most((theme) => -(argued[theme] ?? 0))
}
