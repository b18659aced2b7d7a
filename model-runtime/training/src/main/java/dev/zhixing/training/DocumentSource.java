package dev.zhixing.training;

/**
 * An endless, repeatable stream of documents: the same index gives the same document, however often
 * and in whatever order it is asked. Called by one thread, which runs ahead of the training.
 */
@FunctionalInterface
public interface DocumentSource {
  /** The document of an index from 0 on. */
  TokenDocument at(long index);
}
