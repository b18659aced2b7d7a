package dev.zhixing.samples.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * A model behind a server: {@code openai:URL#MODEL}, such as {@code
 * openai:http://localhost:8000/v1#qwen3}.
 *
 * @param url the API's base URL, {@code http} or {@code https}, without user, query and fragment
 * @param model the model's name at that server
 */
public record RemoteAddress(URI url, String model) {

  private static final String SCHEME = "openai:";
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Whether {@code text} means to be such an address. */
  public static boolean isOne(String text) {
    return text.startsWith(SCHEME);
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is none; the message never repeats a password
   */
  public static RemoteAddress parse(String text) {
    URI uri;
    try {
      uri = new URI(text.substring(SCHEME.length()));
    } catch (URISyntaxException e) {
      throw wrong("an invalid URL (" + e.getReason() + ")");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw wrong("a URL that does not begin with http:// or https://");
    }
    if (uri.getHost() == null) {
      throw wrong("a URL without a host");
    }
    if (uri.getUserInfo() != null || uri.getQuery() != null) {
      throw wrong("a URL with a user or a query; a key belongs into OPENAI_API_KEY");
    }
    if (uri.getFragment() == null || uri.getFragment().isBlank()) {
      throw wrong("no model after #");
    }
    String whole = uri.toString();
    return new RemoteAddress(URI.create(whole.substring(0, whole.indexOf('#'))), uri.getFragment());
  }

  private static IllegalArgumentException wrong(String found) {
    return new IllegalArgumentException(
        "model: expected openai:URL#MODEL, such as openai:http://localhost:8000/v1#qwen3, found "
            + found);
  }

  /** Whether what is sent there can be read on the way by others. */
  boolean isOpen() {
    return !"https".equalsIgnoreCase(url.getScheme()) && !THIS_MACHINE.contains(url.getHost());
  }

  @Override
  public String toString() {
    return SCHEME + url + "#" + model;
  }
}
