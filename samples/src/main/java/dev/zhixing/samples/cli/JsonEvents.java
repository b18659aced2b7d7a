package dev.zhixing.samples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.zhixing.agent.AgentEvent;
import dev.zhixing.agent.AgentListener;
import java.io.PrintStream;

/** Writes each event of a run as a line of JSON, at once. */
final class JsonEvents implements AgentListener {

  private static final JsonMapper JSON = new JsonMapper();

  private final PrintStream out;

  JsonEvents(PrintStream out) {
    this.out = out;
  }

  @Override
  public void on(AgentEvent event) {
    try {
      out.println(JSON.writeValueAsString(event));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event that is no JSON: " + event, e);
    }
  }
}
