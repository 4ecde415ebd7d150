import { payloadEventSchema } from '@mlops-portal/plugin-mlops-common';
import { describeLine, predictionEvents } from './payloadEvents';

const prediction = {
  id: 'p "1"\\',
  endpoint: 'late',
  revision: 'r1',
  modelVersion: '7',
  headers: {
    authorization: 'Bearer secret',
    cookie: 'secret',
    'user-agent': 'curl',
  },
  request: '{\n  "text": "a\\nb",\r\n  "n": 1\n}',
  response: '{"outputs":[]}',
  requestedAt: new Date('2026-01-01T00:00:00Z'),
  answeredAt: new Date('2026-01-01T00:00:01Z'),
};

describe('predictionEvents', () => {
  const text = predictionEvents(prediction);
  const lines = text.split('\n');
  const events = lines
    .slice(0, 2)
    .map(line => payloadEventSchema.parse(JSON.parse(line)));

  it('writes two lines that are CloudEvents with one id', () => {
    expect(lines).toHaveLength(3);
    expect(lines[2]).toBe('');
    expect(events.map(event => event.type.split('.').pop())).toEqual([
      'request',
      'response',
    ]);
    for (const event of events) {
      expect(event).toMatchObject({
        id: prediction.id,
        inferenceservicename: 'late',
        modelversion: '7',
        revision: 'r1',
      });
    }
    expect(events[1].time).toBe('2026-01-01T00:00:01.000Z');
  });

  it('keeps the payload as it was sent, line breaks in texts included', () => {
    expect(events[0].data).toEqual({ text: 'a\nb', n: 1 });
  });

  it('keeps only headers that may be kept', () => {
    expect(events[0].metadata).toEqual({ 'user-agent': 'curl' });
    expect(text).not.toContain('secret');
  });

  it('can be told apart without reading the payload', () => {
    expect(describeLine(lines[0])).toEqual({
      kind: 'request',
      endpoint: 'late',
      revision: 'r1',
    });
    expect(describeLine(lines[1].slice(0, 300))).toMatchObject({
      kind: 'response',
    });
    expect(describeLine('{"specver')).toBeUndefined();
  });
});
