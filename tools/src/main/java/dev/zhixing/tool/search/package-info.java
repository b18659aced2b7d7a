/** Search in local documents and, where an engine is configured, on the web. */
@NullMarked
package dev.zhixing.tool.search;

import org.jspecify.annotations.NullMarked;
