import { useCallback } from 'react';
import { useFormat } from '../hooks';

/** From here on numbers are written whole, below with four digits. */
const WHOLE = 1000;

/** Whether a column holds times, by the type that its producer names. */
export function isTime(type: string): boolean {
  return /time|date/i.test(type);
}

/** A value of a column in words: numbers short, times (ISO, or milliseconds since 1970 where the column holds times) as dates. */
export function useValueText() {
  const format = useFormat();
  return useCallback(
    (value: number | string | null, time = false): string => {
      if (value === null) return '–';
      if (
        time ||
        (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value))
      ) {
        const date = new Date(value);
        if (!Number.isNaN(date.getTime()))
          return format.dayMonth(date.toISOString());
      }
      if (typeof value === 'string') return value;
      return format.number(
        value,
        Math.abs(value) < WHOLE
          ? { maximumSignificantDigits: 4 }
          : { maximumFractionDigits: 0 },
      );
    },
    [format],
  );
}
