package dev.zhixing.tool.seeded;

import dev.zhixing.memory.seeded.SeenByTool;

/** A seeded violation: a tool that sees memory. Only the tests of the house rules import it. */
public final class SeesMemory {

  public SeenByTool seen() {
    return new SeenByTool();
  }
}
