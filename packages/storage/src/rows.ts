/** The columns of a statement are known where it is written; here only its shape can be checked. */
const areRows = <Row>(rows: unknown): rows is Row[] => Array.isArray(rows);

export function toRows<Row>(rows: unknown): Row[] {
  if (!areRows<Row>(rows)) throw new TypeError('The database driver gave no rows');
  return rows;
}
