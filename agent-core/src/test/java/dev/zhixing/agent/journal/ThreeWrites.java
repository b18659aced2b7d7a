package dev.zhixing.agent.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.ScriptedModel;
import dev.zhixing.agent.Setup;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.agent.ToolboxBuilder;
import dev.zhixing.agent.redaction.Redaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A run that reads once and writes three times, one write in a step and two in the next, to a file
 * that stands for the world. Its main is a process that dies in the middle of it.
 */
final class ThreeWrites {
  static final List<String> WRITES = List.of("a", "b", "c");
  static final String REQUEST = "Write a, b and c.";

  private final Path world;
  private final Runnable beforeEffect;
  private final Runnable afterEffect;
  final AtomicInteger questions = new AtomicInteger();

  ThreeWrites(Path world) {
    this(world, () -> {}, () -> {});
  }

  ThreeWrites(Path world, Runnable beforeEffect, Runnable afterEffect) {
    this.world = world;
    this.beforeEffect = beforeEffect;
    this.afterEffect = afterEffect;
  }

  /**
   * Runs it in the folder {@code arguments[0]} and halts when the journal has {@code arguments[1]}
   * bytes; or in the write number {@code arguments[2]}, {@code before} or {@code after} its effect.
   */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    long halt = Long.parseLong(arguments[1]);
    AtomicInteger writes = new AtomicInteger();
    int deadly = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
    boolean before = arguments.length > 3 && arguments[3].equals("before");
    Runnable count =
        () -> {
          if (writes.incrementAndGet() == deadly) {
            Runtime.getRuntime().halt(9);
          }
        };
    ThreeWrites run =
        new ThreeWrites(
            folder.resolve("world"), before ? count : () -> {}, before ? () -> {} : count);
    Journals journals = journals(folder, end -> new HaltingAppender(end, halt));
    run.agent(journals).build().run(REQUEST);
  }

  static Journals journals(Path folder, UnaryOperator<Appender> appenders) {
    return new Journals(
        folder.resolve("runs"), Redaction.standard(), InstantSource.system(), appenders);
  }

  AgentBuilder agent(Journals journals) {
    return Agent.builder()
        .model(model())
        .planner(Setup.IN_TURNS)
        .tools(tools().build())
        .journal(journals);
  }

  ToolboxBuilder tools() {
    ToolboxBuilder tools = Setup.with(Toolbox.builder(), "look", Effect.READ, t -> "saw " + t);
    return Setup.with(tools, "write", Effect.WRITE, this::write);
  }

  /** What was written to the world so far. */
  List<String> written() {
    try {
      return Files.exists(world) ? Files.readAllLines(world) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String write(String text) {
    beforeEffect.run();
    try {
      Files.write(
          world,
          (text + "\n").getBytes(UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    afterEffect.run();
    return "wrote " + text;
  }

  /** A model whose next words follow from how often it spoke already, in whatever process. */
  private ChatModel model() {
    return new ChatModel() {
      @Override
      public ChatResponse doChat(ChatRequest request) {
        questions.incrementAndGet();
        long spoken = request.messages().stream().filter(AiMessage.class::isInstance).count();
        AiMessage reply =
            switch ((int) spoken) {
              case 0 -> calls("look", "around", "write", "a");
              case 1 -> calls("write", "b", "write", "c");
              default -> AiMessage.from("All is written.");
            };
        return ScriptedModel.reply(reply, FinishReason.STOP);
      }
    };
  }

  private static AiMessage calls(String... toolsAndTexts) {
    List<ToolExecutionRequest> calls = new ArrayList<>();
    for (int i = 0; i < toolsAndTexts.length; i += 2) {
      calls.add(
          ToolExecutionRequest.builder()
              .id("call-" + toolsAndTexts[i + 1])
              .name(toolsAndTexts[i])
              .arguments(Setup.text(toolsAndTexts[i + 1]))
              .build());
    }
    return AiMessage.from("So.", calls);
  }

  /** Halts the process when the journal has {@code left} bytes more, be it within a line. */
  private static final class HaltingAppender implements Appender {
    private final Appender end;
    private long left;

    HaltingAppender(Appender end, long left) {
      this.end = end;
      this.left = left;
    }

    @Override
    public void append(byte[] bytes, boolean lasting) throws IOException {
      if (bytes.length >= left) {
        end.append(java.util.Arrays.copyOf(bytes, (int) left), false);
        Runtime.getRuntime().halt(9);
      }
      left -= bytes.length;
      end.append(bytes, lasting);
    }

    @Override
    public void close() throws IOException {
      end.close();
    }
  }
}
