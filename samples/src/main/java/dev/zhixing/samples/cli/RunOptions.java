package dev.zhixing.samples.cli;

import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.AgentListener;
import dev.zhixing.agent.journal.Journals;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that run an agent, and the agent that they describe. */
final class RunOptions {

  /** Under these names a run's journal notes what the run needs to go on. */
  private static final String MODEL = "model";

  private static final String PLANNER = "planner";
  private static final String DOCUMENTS = "documents";
  private static final String APPROVE = "approve";

  @Option(
      names = {"-m", "--model"},
      paramLabel = ModelChoice.LABEL,
      converter = ModelChoice.Converter.class,
      description = ModelChoice.HELP)
  private @Nullable ModelChoice model;

  @Option(
      names = "--planner",
      paramLabel = "NAME",
      converter = PlannerChoice.Converter.class,
      completionCandidates = PlannerChoice.Names.class,
      description = PlannerChoice.HELP)
  private @Nullable PlannerChoice planner;

  @Option(names = "--json", description = "Writes each event as a line of JSON.")
  private boolean json;

  @Mixin private ApprovalOptions approval = new ApprovalOptions();

  @Option(
      names = "--documents",
      paramLabel = "FOLDER",
      description = "Offers a search in the text files of this folder.")
  private @Nullable Path documents;

  @Option(
      names = "--verbose",
      description =
          "Shows log messages, such as how many tokens of each request a local model had kept, and"
              + " stack traces of errors.")
  private boolean verbose; // looked at by the main before anything is logged

  boolean json() {
    return json;
  }

  boolean verbose() {
    return verbose;
  }

  ApprovalOptions approval() {
    return approval;
  }

  /**
   * Takes the model, the planner, the documents and who is asked from a recorded run, where the
   * command line does not say.
   */
  void defaultsFrom(Map<String, String> notes) {
    String noted = notes.get(MODEL);
    model = model == null && noted != null ? ModelChoice.parse(noted) : model;
    String proceeding = notes.get(PLANNER);
    if (planner == null && proceeding != null) {
      planner = new PlannerChoice.Converter().convert(proceeding);
    }
    documents = documents == null ? path(notes.get(DOCUMENTS)) : documents;
    approval.defaultFrom(notes.get(APPROVE));
  }

  /** An agent, still without an approver, whose runs are recorded in {@code journals}. */
  AgentBuilder agent(Surroundings surroundings, Journals journals) {
    Assembly assembly = new Assembly(surroundings.directories(), documents);
    ModelChoice choice = model == null ? new ModelChoice.Embedded() : model;
    PlannerChoice proceeding = planner == null ? PlannerChoice.REACT : planner;
    AgentBuilder builder =
        assembly
            .agent(surroundings.models().load(choice), proceeding.planner(), approval.rail())
            .tools(assembly.tools())
            .memory(surroundings.models().window(choice))
            .journal(journals)
            .note(PLANNER, proceeding.toString());
    surroundings.models().addPorts(builder, choice);
    switch (choice) {
      case ModelChoice.Embedded embedded -> {}
      case ModelChoice.LocalFile file ->
          builder.note(MODEL, file.path().toAbsolutePath().toString());
      case ModelChoice.Remote remote -> builder.note(MODEL, remote.address().toString());
    }
    approval.toNote().ifPresent(way -> builder.note(APPROVE, way));
    if (documents != null) {
      builder.note(DOCUMENTS, documents.toAbsolutePath().toString());
    }
    return builder;
  }

  AgentListener printer(Surroundings surroundings) {
    return json
        ? new JsonEvents(surroundings.out())
        : new RunPrinter(
            surroundings.out(), surroundings.showsToPeople(), Palette.of(surroundings.colours()));
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }
}
