/**
 * The log may be a file on a disk that is full. An error of its stream that nobody hears is logged as an uncaught exception,
 * which fails again, and so on: the portal would do nothing else. Lines that cannot be written are lost, and those after them,
 * once there is room, are not.
 */
export function goOnWithoutLog(streams: NodeJS.EventEmitter[]): void {
  for (const stream of streams) stream.on('error', () => {});
}
