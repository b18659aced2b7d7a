package dev.zhixing.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {

  @Test
  void warmsUpStaysAndFalls() {
    Schedule schedule = new Schedule(100, 10, 20, Schedule.Decay.LINEAR, 2, 0.1);
    assertThat(schedule.rate(0)).isEqualTo(0.2);
    assertThat(schedule.rate(9)).isEqualTo(2);
    assertThat(schedule.rate(50)).isEqualTo(2);
    assertThat(schedule.rate(79)).isEqualTo(2);
    assertThat(schedule.rate(89)).isCloseTo(1.1, within(1e-12));
    assertThat(schedule.rate(99)).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void cosineIsHalfWayInTheMiddle() {
    Schedule schedule = new Schedule(100, 0, 100, Schedule.Decay.COSINE, 1, 0);
    assertThat(schedule.rate(49)).isCloseTo(0.5, within(1e-12));
    assertThat(schedule.rate(99)).isCloseTo(0, within(1e-12));
  }

  @Test
  void refusesMoreWarmUpAndDecayThanSteps() {
    assertThatThrownBy(() -> new Schedule(10, 6, 5, Schedule.Decay.LINEAR, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 6 + 5 in 10");
  }
}
