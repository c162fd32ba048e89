/** What the client needs of a socket.io socket; a fake of it is a few methods long. */
export interface SignalingSocket {
  readonly connected: boolean;
  /** Whether socket.io will connect again by itself. After a refusal or a disconnect by the server it does not. */
  readonly active: boolean;
  connect(): unknown;
  disconnect(): unknown;
  on(name: string, listener: (...parts: unknown[]) => void): unknown;
  onAny(listener: (name: string, ...parts: unknown[]) => void): unknown;
  removeAllListeners(): unknown;
  timeout(timeoutMs: number): {
    emit(name: string, payload: unknown, done: (error: Error | null, answer: unknown) => void): unknown;
  };
}
