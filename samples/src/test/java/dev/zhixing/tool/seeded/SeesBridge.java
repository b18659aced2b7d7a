package dev.zhixing.tool.seeded;

import dev.zhixing.bridge.LocalBranchingModel;

/** A seeded violation: a tool that sees the bridge. Only the tests of the house rules import it. */
public final class SeesBridge {

  public Class<?> seen() {
    return LocalBranchingModel.class;
  }
}
