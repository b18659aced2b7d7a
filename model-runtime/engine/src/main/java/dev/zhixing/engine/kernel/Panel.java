package dev.zhixing.engine.kernel;

/**
 * Where the operands of {@link Kernels#addProducts} lie. All offsets and distances are in numbers.
 *
 * @param width rows of weights side by side: the innermost size of the panel
 * @param groups groups of terms, each with a partial sum of its own
 * @param terms terms of each group
 * @param wOffset first number of the panel
 * @param count inputs, and as many result rows
 * @param xOffset first number of the first input
 * @param xStride from an input to the next
 * @param xGroupStep in an input, from a group to the next
 * @param xTermStep in a group, from a term to the next
 * @param yOffset first number of the first result row
 * @param yStride from a result row to the next
 */
public record Panel(
    int width,
    int groups,
    int terms,
    int wOffset,
    int count,
    int xOffset,
    int xStride,
    int xGroupStep,
    int xTermStep,
    int yOffset,
    int yStride) {}
