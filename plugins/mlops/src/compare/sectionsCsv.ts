import { Section } from './CompareTable';

/** Every row of a comparison with the section it stands in, also those that are the same. */
export function sectionsCsv(
  columns: string[],
  sections: Section[],
): Array<Array<string>> {
  return [
    ['section', 'row', ...columns, 'differs'],
    ...sections.flatMap(({ title, rows }) =>
      rows.map(({ name, values, texts, differs }) => [
        title,
        name,
        ...(texts ?? values.map(String)),
        String(differs),
      ]),
    ),
  ];
}
