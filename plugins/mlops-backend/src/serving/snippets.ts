import { InferenceRequest, Signature } from '@mlops-portal/plugin-mlops-common';

/** Open Inference Protocol request for one row of feature values; a value that is not given is missing (null). */
export function requestFor(
  signature: Signature,
  row: Record<string, string | number | null> = signature.sample ?? {},
): InferenceRequest {
  return {
    inputs: signature.inputs.map(({ name, datatype }) => ({
      name,
      datatype,
      shape: [1, 1],
      data: [row[name] ?? (datatype === 'BYTES' ? '' : null)],
    })),
  };
}

/** Calls that work when pasted, for the endpoint's own URL and a real row. */
export function snippetsFor(url: string, request: InferenceRequest) {
  const body = JSON.stringify(request);
  return [
    {
      language: 'bash',
      title: 'curl',
      code: `curl -s '${url}' \\\n  -H 'content-type: application/json' \\\n  -d '${body.replaceAll(
        "'",
        "'\\''",
      )}'`,
    },
    {
      language: 'python',
      title: 'Python',
      code: [
        'import json',
        'import urllib.request',
        '',
        `body = json.loads(${JSON.stringify(body)})`,
        `call = urllib.request.Request(${JSON.stringify(
          url,
        )}, json.dumps(body).encode(), {"content-type": "application/json"})`,
        'with urllib.request.urlopen(call, timeout=10) as answer:',
        '    print(json.load(answer)["outputs"])',
      ].join('\n'),
    },
    {
      language: 'typescript',
      title: 'TypeScript',
      code: [
        `const answer = await fetch(${JSON.stringify(url)}, {`,
        `  method: 'POST',`,
        `  headers: { 'content-type': 'application/json' },`,
        `  body: JSON.stringify(${body}),`,
        '});',
        'console.log((await answer.json()).outputs);',
      ].join('\n'),
    },
  ];
}
