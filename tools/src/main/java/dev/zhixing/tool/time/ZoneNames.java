package dev.zhixing.tool.time;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds the zones that an unknown name may have meant. */
final class ZoneNames {

  private static final int MOST = 3;

  /** Large cities that share another city's zone. */
  private static final Map<String, String> CITIES =
      Map.ofEntries(
          Map.entry("beijing", "Asia/Shanghai"),
          Map.entry("guangzhou", "Asia/Shanghai"),
          Map.entry("shenzhen", "Asia/Shanghai"),
          Map.entry("chengdu", "Asia/Shanghai"),
          Map.entry("osaka", "Asia/Tokyo"),
          Map.entry("delhi", "Asia/Kolkata"),
          Map.entry("mumbai", "Asia/Kolkata"),
          Map.entry("bangalore", "Asia/Kolkata"),
          Map.entry("sanfrancisco", "America/Los_Angeles"),
          Map.entry("seattle", "America/Los_Angeles"),
          Map.entry("houston", "America/Chicago"),
          Map.entry("dallas", "America/Chicago"),
          Map.entry("boston", "America/New_York"),
          Map.entry("washington", "America/New_York"),
          Map.entry("miami", "America/New_York"),
          Map.entry("montreal", "America/Toronto"),
          Map.entry("munich", "Europe/Berlin"),
          Map.entry("hamburg", "Europe/Berlin"),
          Map.entry("frankfurt", "Europe/Berlin"),
          Map.entry("barcelona", "Europe/Madrid"),
          Map.entry("milan", "Europe/Rome"),
          Map.entry("geneva", "Europe/Zurich"),
          Map.entry("canberra", "Australia/Sydney"));

  private ZoneNames() {}

  /** At most three zones whose city is, contains or resembles that of {@code name}. */
  static List<String> closeTo(String name) {
    String city = city(name);
    if (city.isEmpty()) {
      return List.of();
    }
    String sharedZone = CITIES.get(city);
    if (sharedZone != null) {
      return List.of(sharedZone);
    }
    record Candidate(String zone, int distance) {}
    return ZoneId.getAvailableZoneIds().stream()
        .filter(
            zone -> zone.contains("/") && !zone.startsWith("Etc/") && !zone.startsWith("System"))
        .map(zone -> new Candidate(zone, distance(city, city(zone))))
        .filter(candidate -> candidate.distance() <= Math.max(1, city.length() / 4))
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::zone))
        .limit(MOST)
        .map(Candidate::zone)
        .toList();
  }

  private static String city(String zone) {
    return zone.substring(zone.lastIndexOf('/') + 1)
        .replaceAll("[^\\p{L}]", "")
        .toLowerCase(Locale.ROOT);
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
