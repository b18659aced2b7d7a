package dev.zhixing.memory.seeded;

/** The other half of a seeded violation, see {@code SeesMemory}. */
public final class SeenByTool {}
