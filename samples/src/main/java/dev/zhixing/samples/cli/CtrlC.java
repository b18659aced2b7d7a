package dev.zhixing.samples.cli;

import org.jline.utils.Signals;

/** Lets Ctrl-C end a piece of work instead of the process. */
final class CtrlC {

  private static final String INTERRUPT = "INT";

  private final Runnable request;
  private final Object before;
  private boolean registered = true;

  private CtrlC(Runnable request) {
    this.request = request;
    this.before = Signals.register(INTERRUPT, this::press);
  }

  /**
   * Does the work. Meanwhile the first Ctrl-C runs {@code request}, on a thread of its own, and a
   * second one ends the process as always. Where the platform has no such signal, the work is done
   * all the same.
   */
  static void asks(Runnable request, Runnable work) {
    CtrlC handler = new CtrlC(request);
    try {
      work.run();
    } finally {
      handler.restore();
    }
  }

  private void press() {
    restore();
    request.run();
  }

  private synchronized void restore() {
    if (registered) {
      registered = false;
      Signals.unregister(INTERRUPT, before);
    }
  }
}
