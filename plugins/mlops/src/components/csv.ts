/** CSV (RFC 4180) of rows of text. A cell that a spreadsheet would take for a formula is led by an apostrophe. */
export function toCsv(rows: string[][]): string {
  return rows.map(row => row.map(cell).join(',')).join('\r\n');
}

function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
