package dev.zhixing.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.zhixing.agent.Action;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.Approver;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.Step;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.agent.Usage;
import dev.zhixing.agent.guardrail.ApprovalRail;
import dev.zhixing.agent.journal.Journals;
import dev.zhixing.chat.LocalChatModel;
import dev.zhixing.chat.LocalChatOptions;
import dev.zhixing.chat.LocalChatRequestParameters;
import dev.zhixing.engine.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run goes on in another process, on a local model that samples: there the model is loaded anew
 * and has nothing but what lies beside the run's journal.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunsInOtherProcessesTest {
  private static final String RESULT = "the light is on, as it was before";
  private static final String SECRET = "Tr0ub4dor-9f3";

  @TempDir private Path folder;
  private Path bytes = Path.of("");
  private Path pairs = Path.of("");
  private Path file = Path.of("");
  private Path runs = Path.of("");

  @BeforeAll
  void writeModel(@TempDir Path models) {
    bytes = RandomModel.write(models);
    pairs = RandomModel.inPairs(models);
  }

  @BeforeEach
  void newFolder() throws IOException {
    file = bytes;
    runs = Files.createTempDirectory(folder, "runs").resolve("journals");
  }

  @Test
  void readOneTokenOfEachStepThatIsDoneAnew() {
    Run run = inAProcess(chat -> answered(agent(chat).run("Colours, please.")));

    for (int from = 1; from <= 3; from++) {
      int step = from;
      Run again = inAProcess(chat -> replayed(chat, run, step));

      assertThat(Colours.said(again)).isEqualTo(Colours.said(run));
      assertThat(asked(again).getLast().input()).isGreaterThan(200);
      assertThat(asked(again).getLast().prefilled()).as("from step %d", from).isEqualTo(1);
      if (from == 1) {
        assertThat(asked(again).getFirst().prefilled()).isEqualTo(1);
      }
    }
  }

  @Test
  void readOneTokenWhereTheModelSplitItsWordsAsNoTokenizerDoes() {
    file = pairs;
    Run run = inAProcess(chat -> answered(agent(chat).run("Colours, please.")));
    assertThat(run.steps().stream().flatMap(step -> step.reply().stream()))
        .allMatch(reply -> reply.attributes().containsKey(Usage.TURN_IDS));

    for (int from = 1; from <= 3; from++) {
      int step = from;
      Run again = inAProcess(chat -> replayed(chat, run, step));
      Run further = inAProcess(chat -> replayed(chat, again, 3));

      assertThat(Colours.said(again)).isEqualTo(Colours.said(run));
      assertThat(asked(again).getLast().prefilled()).as("from step %d", from).isEqualTo(1);
      assertThat(Colours.said(further)).isEqualTo(Colours.said(run));
      assertThat(asked(further).getLast().prefilled()).as("again, %d", from).isEqualTo(1);
    }
  }

  @Test
  void sayTheSameWithoutTheFileAndReadEverything() throws IOException {
    Run run = inAProcess(chat -> answered(agent(chat).run("Colours, please.")));
    Files.delete(session(run));

    Run again = inAProcess(chat -> replayed(chat, run, 3));

    assertThat(Colours.said(again)).isEqualTo(Colours.said(run));
    Usage last = asked(again).getLast();
    assertThat(last.prefilled()).isEqualTo(last.input());
  }

  @Test
  void readOnlyWhatIsNewWhereAStepIsEdited() {
    Run run = inAProcess(chat -> answered(agent(chat).run("Colours, please.")));
    Function<LocalChatModel, Run> edited =
        chat ->
            answered(
                agent(chat)
                    .replay(run.id(), 2)
                    .editing(step -> step.withResults(List.of("the light is off")))
                    .run());

    Run kept = inAProcess(edited);

    assertThat(asked(kept).getLast().cached()).isGreaterThan(100);
    assertThat(asked(kept).getLast().prefilled()).isLessThan(100).isGreaterThan(1);
    assertThat(Colours.said(kept)).isEqualTo(withoutFile(run, edited));
  }

  @Test
  void readOnlyTheResultsOfCallsThatWereApproved() {
    RunResult waiting = inAProcess(chat -> asking(chat).build().run("Colours, please."));
    assertThat(waiting).isInstanceOf(RunResult.NeedsApproval.class);
    Path copy = runs.resolveSibling("copy");
    copyTo(copy);
    Function<LocalChatModel, Run> approved =
        chat ->
            answered(
                asking(chat)
                    .approver((_, _) -> new Approver.Decision.Approve())
                    .build()
                    .resume(waiting.run().id())
                    .run());

    Run resumed = inAProcess(approved);
    runs = copy;
    List<String> without = withoutFile(waiting.run(), approved);

    Usage last = asked(resumed).getLast();
    Usage before = asked(resumed).getFirst();
    assertThat(last.cached()).isEqualTo(before.input() + before.output() - 1); // not read by itself
    assertThat(last.prefilled()).isGreaterThan(RESULT.length()).isLessThan(200);
    assertThat(Colours.said(resumed)).isEqualTo(without);
  }

  @Test
  void readEverythingAgainWhereTheFileIsDamagedAndSayTheSame() throws IOException {
    Run run = inAProcess(chat -> answered(agent(chat).run("Colours, please.")));
    byte[] whole = Files.readAllBytes(session(run));
    int[] offsets = {0, 8, 24, 40, 44, whole.length / 2, whole.length - 1};
    for (int at : offsets) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 4;
      Files.write(session(run), damaged);
      assertReadsEverything(run, "byte " + at);
    }
    for (int length : new int[] {0, 44, whole.length - 1}) {
      Files.write(session(run), Arrays.copyOf(whole, length));
      assertReadsEverything(run, "cut at " + length);
    }
    Files.write(session(run), whole);
    assertThat(asked(inAProcess(chat -> replayed(chat, run, 3))).getLast().prefilled())
        .isEqualTo(1);
  }

  private void assertReadsEverything(Run run, String what) {
    Run again = inAProcess(chat -> replayed(chat, run, 3));

    Usage last = asked(again).getLast();
    assertThat(last.prefilled()).as(what).isEqualTo(last.input());
    assertThat(Colours.said(again)).as(what).isEqualTo(Colours.said(run));
  }

  @Test
  void leaveNoTokensOfASecret() throws IOException {
    Run open = inAProcess(chat -> answered(agent(chat).run("Colours, please.")));
    assertThat(holdsTokens(RESULT)).isTrue(); // what a file beside a journal would look like

    Run run =
        inAProcess(
            chat -> answered(agent(chat, tools("password=" + SECRET)).run("Colours, please.")));

    assertThat(session(open)).exists();
    assertThat(session(run)).doesNotExist();
    assertThat(holdsTokens(SECRET)).isFalse();
    for (Path path : files()) {
      assertThat(new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1))
          .doesNotContain(SECRET);
    }
  }

  @Test
  void areKeptWhereATemplateWantsAUserToSpeakNext() {
    String template =
        "{% for m in messages %}{% if loop.last and m.role == 'assistant' %}"
            + "{{ raise_exception('the user must speak') }}{% endif %}"
            + "<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
            + "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";
    Function<LocalChatModel, AgentBuilder> asked =
        chat ->
            builder(chat, tools(RESULT))
                .planner(
                    run ->
                        run.steps().isEmpty()
                            ? new Action.AskModel(run.messages(), List.of(), Colours.format())
                            : new Action.Finish("done"));
    LocalChatOptions strict = options().chatTemplate(template).build();
    Run run =
        inAProcess(strict, chat -> answered(asked.apply(chat).build().run("Colours, please.")));

    Run again =
        inAProcess(strict, chat -> answered(asked.apply(chat).build().replay(run.id(), 1).run()));
    Run other = inAProcess(chat -> answered(asked.apply(chat).build().replay(run.id(), 1).run()));

    assertThat(asked(again).getFirst().prefilled()).isEqualTo(1);
    assertThat(Colours.said(again)).isEqualTo(Colours.said(run));
    assertThat(asked(other).getFirst().cached()).isZero(); // a file of another template
  }

  @Test
  void areOfTheirOwnerAloneAndGoWithTheirJournal() throws IOException {
    Run run = inAProcess(chat -> answered(agent(chat).run("Colours, please.")));
    assumeTrue(runs.getFileSystem().supportedFileAttributeViews().contains("posix"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(session(run))))
        .isEqualTo("rw-------");
    assertThat(new Journals(runs).prune(Instant.now().plusSeconds(60), false)).hasSize(1);
    assertThat(runs).isEmptyDirectory();
  }

  private static LocalChatOptions.Builder options() {
    return LocalChatOptions.builder()
        .defaults(LocalChatRequestParameters.builder().temperature(1.0).seed(7L).build());
  }

  private <T> T inAProcess(Function<LocalChatModel, T> work) {
    return inAProcess(options().build(), work);
  }

  /** Loads the model as a new process does. */
  private <T> T inAProcess(LocalChatOptions options, Function<LocalChatModel, T> work) {
    try (Model model = Model.load(file, 2);
        LocalChatModel chat = LocalChatModel.of(model, options)) {
      return work.apply(chat);
    }
  }

  private List<String> withoutFile(Run of, Function<LocalChatModel, Run> work) {
    try {
      Files.delete(session(of));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Colours.said(inAProcess(work));
  }

  private Run replayed(LocalChatModel chat, Run run, int step) {
    return answered(agent(chat).replay(run.id(), step).run());
  }

  private static Run answered(RunResult result) {
    assertThat(result).isInstanceOf(RunResult.Answered.class);
    return result.run();
  }

  private Agent agent(LocalChatModel chat) {
    return agent(chat, tools(RESULT));
  }

  private Agent agent(LocalChatModel chat, Toolbox tools) {
    return builder(chat, tools).build();
  }

  /** Asks a person before the light is switched. */
  private AgentBuilder asking(LocalChatModel chat) {
    return builder(chat, tools(RESULT)).guardrail(new ApprovalRail("light"));
  }

  private AgentBuilder builder(LocalChatModel chat, Toolbox tools) {
    return Agent.builder()
        .model(chat)
        .planner(Colours::next)
        .tools(tools)
        .journal(new Journals(runs))
        .sessions(new LocalSessionKeeper(chat));
  }

  private static Toolbox tools(String result) {
    return Toolbox.builder()
        .add(
            ToolSpecification.builder()
                .name("light")
                .parameters(JsonObjectSchema.builder().build())
                .build(),
            (_, _) -> result,
            Effect.READ)
        .build();
  }

  private static List<Usage> asked(Run run) {
    return run.steps().stream().filter(step -> step.reply().isPresent()).map(Step::usage).toList();
  }

  private Path session(Run run) {
    return runs.resolve(run.id() + ".tokens");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(runs)) {
      return files.toList();
    }
  }

  private void copyTo(Path copy) {
    try {
      Files.createDirectories(copy);
      for (Path path : files()) {
        Files.copy(path, copy.resolve(path.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether any file holds the tokens of a text, one of which is a byte. */
  private boolean holdsTokens(String text) throws IOException {
    ByteBuffer tokens =
        ByteBuffer.allocate(Integer.BYTES * text.length()).order(ByteOrder.LITTLE_ENDIAN);
    try (Model model = Model.load(file, 1)) {
      for (int id : model.tokenizer().encode(text)) {
        tokens.putInt(id);
      }
    }
    String sought = new String(tokens.array(), StandardCharsets.ISO_8859_1);
    for (Path path : files()) {
      if (new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1).contains(sought)) {
        return true;
      }
    }
    return false;
  }
}
