/** Chat models behind servers that speak OpenAI's protocol, through LangChain4j's own client. */
@NullMarked
package dev.zhixing.samples.remote;

import org.jspecify.annotations.NullMarked;
