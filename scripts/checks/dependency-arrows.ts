import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { type CheckOutcome, failed, passed } from './check-step.ts';

const roots = ['packages', 'apps', 'e2e', 'bench', 'scripts', '.dependency-cruiser.mjs'];

/** Fewer modules than this means that the tool read nothing: it is silent and green when it finds no TypeScript compiler to use. */
const leastModules = 50;

export async function checkArrows(): Promise<CheckOutcome> {
  const { output } = await cruise(roots, await extractOptions('./.dependency-cruiser.mjs'));
  if (typeof output === 'string') return failed(output);
  return verdictOn(output, leastModules);
}

/** Judged on the count of modules too, because an empty cruise has no violation. */
export function verdictOn({ summary, modules }: ICruiseResult, atLeast: number): CheckOutcome {
  if (modules.length < atLeast) return failed(`dependency-cruiser saw ${modules.length} modules; it cannot read TypeScript`);
  const lines = summary.violations.map(({ rule, from, to, cycle }) => {
    const path = cycle === undefined ? to : cycle.map(({ name }) => name).join(' → ');
    return `${rule.name}: ${from} → ${path}`;
  });
  return lines.length === 0
    ? passed()
    : failed(`${lines.join('\n')}\n\nThe arrows are in scripts/arrows.ts, the rules in .dependency-cruiser.mjs.\n`);
}
