/**
 * Chat templates: the dialect of Jinja that model files use, interpreted within limits, with every
 * character of the result marked as the template's own or as content from elsewhere.
 */
@NullMarked
package dev.zhixing.chat.template;

import org.jspecify.annotations.NullMarked;
