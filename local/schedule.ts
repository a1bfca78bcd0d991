/** Calls at a minute of every hour, with that minute's time, as EventBridge Scheduler would. Keeps no process alive. */
export function everyHour(minute: number, call: (time: Date) => void): { stop(): void } {
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const due = new Date();
    due.setUTCMinutes(minute, 0, 0);
    if (due.getTime() <= Date.now()) due.setUTCHours(due.getUTCHours() + 1);
    timer = setTimeout(() => {
      call(due);
      wait();
    }, due.getTime() - Date.now());
    timer.unref();
  };
  wait();
  return { stop: () => clearTimeout(timer) };
}
