/** What a scan may use. */
export interface Resources {
  /** An existing, writable, empty folder. */
  scratch: string;
  /** Memory for the engine, divided among its workers. */
  memoryMB: number;
  /** Worker threads; 1 runs in this thread. */
  workers: number;
  /** The built worker script; without it everything runs in this thread. */
  workerFile?: string;
  /** Told how many of a scan's tasks are done. */
  progress?: (done: number, all: number) => void;
}
