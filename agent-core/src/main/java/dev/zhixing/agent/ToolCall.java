package dev.zhixing.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One call of a tool as the model asked for it.
 *
 * @param id tells this call from an equal one; the model's own id, or an invented one where it gave
 *     none
 * @param name the tool's name, which may be one that does not exist
 * @param arguments the arguments as JSON text, not yet checked
 */
public record ToolCall(String id, String name, String arguments) {

  /**
   * The calls of {@code reply}, in order. {@code step} only serves to invent ids where the model
   * gave none.
   */
  public static List<ToolCall> of(AiMessage reply, int step) {
    List<ToolCall> calls = new ArrayList<>();
    for (ToolExecutionRequest request : reply.toolExecutionRequests()) {
      calls.add(of(request, step, calls.size()));
    }
    return List.copyOf(calls);
  }

  /** The call in place {@code index}, from 0, of the reply. */
  static ToolCall of(ToolExecutionRequest request, int step, int index) {
    String id = request.id();
    String arguments = request.arguments();
    return new ToolCall(
        id == null || id.isBlank() ? "call-" + step + "-" + index : id,
        request.name(),
        arguments == null || arguments.isBlank() ? "{}" : arguments);
  }

  /** The same call with other arguments. */
  public ToolCall withArguments(String newArguments) {
    return new ToolCall(id, name, newArguments);
  }

  ToolExecutionRequest toRequest() {
    return ToolExecutionRequest.builder().id(id).name(name).arguments(arguments).build();
  }

  /**
   * Equal for calls that do the same: the name and the arguments without regard to white space and
   * the order of properties.
   */
  String sameness() {
    return name + " " + Arguments.canonical(arguments);
  }

  /**
   * SHA-256, in hexadecimal, of the name and the arguments without regard to white space and the
   * order of properties: what a person approved is run only if it is still the same.
   */
  public String hash() {
    return sha256(sameness());
  }

  /** The hash of several calls in their order, their ids included. */
  static String hash(List<RecordedCall> calls) {
    return sha256(
        calls.stream().map(c -> c.call().id() + " " + c.hash()).collect(Collectors.joining("\n")));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return name + " " + arguments;
  }
}
