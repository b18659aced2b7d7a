package dev.zhixing.agent.redaction;

/** Finds one kind of secrets in a text, in time linear in its length whatever it holds. */
@FunctionalInterface
interface SecretFinder {
  void find(String text, Spans found);
}
