import { columnsOf, type OrderParameterSystem } from '../../dynamics/system.js';

/** The columns of a trajectory, each with the quantity that it shows: those that the rule declares. */
export function trajectoryColumns(rule: OrderParameterSystem): [column: string, quantity: string][] {
  return columnsOf(rule).map((name) => [name, name]);
}
