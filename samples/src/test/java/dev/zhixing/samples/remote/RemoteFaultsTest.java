package dev.zhixing.samples.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.HttpException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class RemoteFaultsTest {

  private static final RemoteAddress OPEN = RemoteAddress.parse("openai:http://gpu.example/v1#m");

  private final RemoteFaults faults = new RemoteFaults(OPEN, RemoteLimits.STANDARD, false);

  @Test
  void saysThatThereIsNoSuchHost() {
    Throwable error =
        new CompletionException(new ConnectException().initCause(new UnresolvedAddressException()));

    assertThat(faults.of(error))
        .hasMessage("openai:http://gpu.example/v1#m: no such host; is the name right?");
  }

  @Test
  void saysThatTheKeyWasNotSentInTheOpen() {
    RemoteFaults withholding = new RemoteFaults(OPEN, RemoteLimits.STANDARD, true);

    assertThat(withholding.of(new HttpException(401, "")))
        .hasMessageContaining("the key was not sent, because the URL is not https");
  }

  @Test
  void shortensWhatAServerSays() {
    assertThat(faults.of(new HttpException(500, "x".repeat(5000))).getMessage())
        .hasSizeLessThan(500);
  }
}
