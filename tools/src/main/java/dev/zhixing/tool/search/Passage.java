package dev.zhixing.tool.search;

/**
 * A piece of a document.
 *
 * @param file the document's path relative to the folder, with forward slashes
 * @param heading the heading above the piece, or the empty string
 * @param text the piece, at most some hundreds of characters
 */
public record Passage(String file, String heading, String text) {}
