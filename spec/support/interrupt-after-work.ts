/**
 * Loaded before a program: interrupts it, as Ctrl-C does, once it listens for that and has worked for a second of processor time
 * since. So a test waits as long as the machine needs, and no longer.
 */
const WORK_MICROSECONDS = 1e6;

function interruptAfterWork(): void {
  const begin = process.cpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(begin);
    if (user + system < WORK_MICROSECONDS) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGINT');
  }, 20);
  timer.unref();
}

process.on('newListener', (event) => {
  if (event === 'SIGINT') interruptAfterWork();
});
