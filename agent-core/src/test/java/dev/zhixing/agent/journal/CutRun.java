package dev.zhixing.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.agent.Agent;
import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.CallCheck;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.JournalEntry;
import dev.zhixing.agent.Observation;
import dev.zhixing.agent.RecordedRun;
import dev.zhixing.agent.Resumption;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ScriptedModel;
import dev.zhixing.agent.Setup;
import dev.zhixing.agent.Toolbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A run of a scripted model that is done once as a whole, and then again from every line of its
 * journal, as if its process had died there. Its tools are {@code look}, which reads, and {@code
 * write}, whose writes can be found again in a list that stands for the world.
 */
public final class CutRun {
  private final Path folder;
  private final Supplier<ScriptedModel> script;
  private final Function<ScriptedModel, AgentBuilder> setUp;

  /**
   * A run whose journals lie in {@code folder}.
   *
   * @param script the model's lines from the first
   * @param setUp an agent with that model, to which tools and journal are added
   */
  public CutRun(
      Path folder, Supplier<ScriptedModel> script, Function<ScriptedModel, AgentBuilder> setUp) {
    this.folder = folder;
    this.script = script;
    this.setUp = setUp;
  }

  /** The agent of one process. */
  private record Life(Agent agent, ScriptedModel model, List<String> world) {}

  /**
   * Does the run as a whole, then takes it up again from every line.
   *
   * @param begin does the run from its beginning
   * @param goOn does it from where it was cut
   * @return how the whole run ended
   */
  public RunResult check(Function<Agent, RunResult> begin, Function<Resumption, RunResult> goOn)
      throws IOException {
    Life life = life("whole", 0, List.of());
    RunResult whole = begin.apply(life.agent());
    assertThat(whole).isInstanceOf(RunResult.Answered.class);
    String id = whole.run().id();
    List<String> lines = Files.readAllLines(journal("whole", id));
    RecordedRun recorded = journals("whole").run(id);
    assertThat(recorded.steps()).isEqualTo(whole.run().steps());
    for (int cut = 1; cut < lines.size(); cut++) {
      for (boolean doubtfulDone : List.of(false, true)) {
        String name = cut + (doubtfulDone ? "-done" : "-not-done");
        Files.createDirectories(folder.resolve(name));
        Files.write(journal(name, id), lines.subList(0, cut));
        List<JournalEntry> before = journals(name).read(id);
        Life next = life(name, replies(before), world(before, doubtfulDone));

        RunResult result = goOn.apply(next.agent().resume(id));

        assertThat(result).as(name).isInstanceOf(RunResult.Answered.class);
        assertThat(result.text()).as(name).isEqualTo(whole.text());
        assertThat(next.world()).as(name).isEqualTo(life.world());
        assertThat(next.model().requests().size() + replies(before))
            .as(name)
            .isEqualTo(life.model().requests().size());
        assertThat(journals(name).run(id).steps()).as(name).isEqualTo(result.run().steps());
      }
    }
    return whole;
  }

  private Life life(String name, int spoken, List<String> world) {
    ScriptedModel model = script.get().after(spoken);
    List<String> written = new CopyOnWriteArrayList<>(world);
    CallCheck check =
        call ->
            written.stream().anyMatch(w -> call.arguments().equals(Setup.text(w)))
                ? CallCheck.Finding.DONE
                : CallCheck.Finding.NOT_DONE;
    Toolbox tools =
        Setup.with(
                Setup.tool("look", Effect.READ, t -> "saw " + t),
                "write",
                Effect.WRITE,
                t -> {
                  written.add(t);
                  return "wrote " + t;
                })
            .check("write", check)
            .build();
    return new Life(
        setUp.apply(model).tools(tools).journal(journals(name)).build(), model, written);
  }

  private static int replies(List<JournalEntry> entries) {
    return entries.stream()
        .mapToInt(e -> e instanceof JournalEntry.Told told ? told.replies().size() : 0)
        .sum();
  }

  /** What was written when the process died; a write in doubt, if {@code doubtfulDone}. */
  private static List<String> world(List<JournalEntry> entries, boolean doubtfulDone) {
    List<String> written = new ArrayList<>();
    for (JournalEntry entry : entries) {
      if (entry instanceof JournalEntry.Brought(int _, int _, Observation came, boolean _)
          && came.text().startsWith("wrote ")) {
        written.add(came.text().substring("wrote ".length()));
      }
    }
    if (doubtfulDone) {
      RecordedRun.of(entries)
          .inDoubt()
          .forEach(call -> written.add(call.arguments().split("\"", -1)[3]));
    }
    return written;
  }

  private Journals journals(String name) {
    return new Journals(folder.resolve(name));
  }

  private Path journal(String name, String id) {
    return folder.resolve(name).resolve(id + ".jsonl");
  }
}
