package dev.zhixing.tool.search;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.web.search.WebSearchEngine;
import dev.langchain4j.web.search.WebSearchOrganicResult;
import dev.langchain4j.web.search.WebSearchRequest;
import org.jspecify.annotations.Nullable;

/** Searches the web with one of LangChain4j's engines, where one was given. */
public final class WebSearch {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_RESULTS = 5;
  private static final int MOST_CHARACTERS = 500;

  private final @Nullable WebSearchEngine engine;

  private WebSearch(@Nullable WebSearchEngine engine) {
    this.engine = engine;
  }

  /** Searches with an engine, for instance LangChain4j's for Tavily or Google. */
  public static WebSearch with(WebSearchEngine engine) {
    return new WebSearch(engine);
  }

  /** Searches nothing and says how to change that. */
  public static WebSearch notConfigured() {
    return new WebSearch(null);
  }

  /** Whether there is an engine. */
  public boolean isConfigured() {
    return engine != null;
  }

  /**
   * The best five results as JSON: <code>{"results":[{"title":"…","url":"…","snippet":"…"}]}</code>
   * .
   *
   * @throws SearchException if no engine is configured
   */
  public String search(String query) {
    if (engine == null) {
      throw new SearchException(
          "web search is not configured: no search engine was given. Answer without it, and tell"
              + " the user that whoever runs this program can give it any"
              + " dev.langchain4j.web.search.WebSearchEngine:"
              + " StandardTools.builder().webSearch(WebSearch.with(engine))");
    }
    var results = JSON.createObjectNode();
    var list = results.putArray("results");
    for (WebSearchOrganicResult result :
        engine.search(WebSearchRequest.from(query, MOST_RESULTS)).results()) {
      if (list.size() == MOST_RESULTS) {
        break;
      }
      String snippet = result.snippet() == null ? result.content() : result.snippet();
      list.addObject()
          .put("title", cut(result.title()))
          .put("url", String.valueOf(result.url()))
          .put("snippet", cut(snippet));
    }
    return results.toString();
  }

  private static String cut(@Nullable String text) {
    if (text == null) {
      return "";
    }
    int points = text.codePointCount(0, text.length());
    return points <= MOST_CHARACTERS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MOST_CHARACTERS)) + "…";
  }
}
