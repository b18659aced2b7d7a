package dev.zhixing.samples.recipe.code;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Numbers;
import dev.zhixing.samples.recipe.Things;
import dev.zhixing.samples.recipe.Value;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Programs about numbers and days. */
final class NumberPrograms {

  private NumberPrograms() {}

  static List<Function<Draw, Program>> all() {
    return List.of(
        NumberPrograms::squares,
        NumberPrograms::multiples,
        NumberPrograms::fibonacci,
        NumberPrograms::factorial,
        NumberPrograms::primes,
        NumberPrograms::isPrime,
        NumberPrograms::countPrimes,
        NumberPrograms::digitSum,
        NumberPrograms::gcd,
        NumberPrograms::binary,
        NumberPrograms::fromBinary,
        NumberPrograms::hex,
        NumberPrograms::sumTo,
        NumberPrograms::evens,
        NumberPrograms::table,
        NumberPrograms::fizzBuzz,
        NumberPrograms::leapYear,
        NumberPrograms::countdown,
        NumberPrograms::plusDays,
        NumberPrograms::daysBetween,
        NumberPrograms::weekday,
        NumberPrograms::dice,
        NumberPrograms::randomNumber,
        NumberPrograms::collatz);
  }

  static Value number(long n, Draw draw) {
    String said = draw.chance(0.75) ? String.valueOf(n) : Numbers.say(n, draw);
    return Value.of(JsonNodeFactory.instance.numberNode(n), said);
  }

  static Value day(LocalDate date, Draw draw) {
    return Value.text(date.toString(), dev.zhixing.samples.recipe.Dates.say(date, draw));
  }

  private static String joined(IntStream numbers, String separator) {
    return numbers.mapToObj(String::valueOf).collect(Collectors.joining(separator));
  }

  private static Program squares(Draw draw) {
    int n = draw.between(4, 20);
    String code = "console.log(Array.from({length:%d},(_,i)=>(i+1)**2).join(' '))".formatted(n);
    return Program.of("squares", code, joined(IntStream.rangeClosed(1, n).map(i -> i * i), " "))
        .saying("n", number(n, draw));
  }

  private static Program multiples(Draw draw) {
    int k = draw.between(2, 19);
    int n = draw.between(3, 99) * 10;
    String code = "let s=0;for(let i=%d;i<%d;i+=%d)s+=i;console.log(s)".formatted(k, n, k);
    int sum = IntStream.range(1, n).filter(i -> i % k == 0).sum();
    return Program.of("multiples", code, sum)
        .saying("k", number(k, draw))
        .saying("n", number(n, draw));
  }

  private static Program fibonacci(Draw draw) {
    int n = draw.between(6, 60);
    long a = 0;
    long b = 1;
    for (int i = 0; i < n; i++) {
      long next = a + b;
      a = b;
      b = next;
    }
    String code = "let a=0,b=1;for(let i=0;i<%d;i++)[a,b]=[b,a+b];console.log(a)".formatted(n);
    return Program.of("fibonacci", code, a).saying("n", number(n, draw));
  }

  private static Program factorial(Draw draw) {
    int n = draw.between(4, 25);
    BigInteger f = BigInteger.ONE;
    for (int i = 2; i <= n; i++) {
      f = f.multiply(BigInteger.valueOf(i));
    }
    String code = "let f=1n;for(let i=1n;i<=%dn;i++)f*=i;console.log(String(f))".formatted(n);
    return Program.of("factorial", code, f).saying("n", number(n, draw));
  }

  private static boolean prime(int n) {
    return n > 1 && IntStream.rangeClosed(2, (int) Math.sqrt(n)).noneMatch(d -> n % d == 0);
  }

  private static final String SIEVE =
      "const p=[];for(let i=2;i<=%d;i++)if(p.every(q=>i%%q))p.push(i);console.log(p%s)";

  private static Program primes(Draw draw) {
    int n = draw.between(2, 9) * 10;
    String output = joined(IntStream.rangeClosed(2, n).filter(NumberPrograms::prime), " ");
    return Program.of("primes", SIEVE.formatted(n, ".join(' ')"), output)
        .saying("n", number(n, draw));
  }

  private static Program countPrimes(Draw draw) {
    int n = draw.between(3, 90) * 10;
    long count = IntStream.rangeClosed(2, n).filter(NumberPrograms::prime).count();
    return Program.of("count.primes", SIEVE.formatted(n, ".length"), count)
        .saying("n", number(n, draw));
  }

  private static Program isPrime(Draw draw) {
    int n = draw.between(10, 4999) * 2 + 1;
    String code =
        "const n=%d;let p=n>1;for(let i=2;i*i<=n;i++)if(n%%i===0)p=false;console.log(p)"
            .formatted(n);
    return Program.of("is.prime", code, prime(n)).saying("n", number(n, draw));
  }

  private static Program digitSum(Draw draw) {
    String n = Things.digits(draw, draw.between(3, 9));
    int sum = n.chars().map(c -> c - '0').sum();
    String code = "console.log([...'%s'].reduce((s,d)=>s+Number(d),0))".formatted(n);
    return Program.of("digit.sum", code, sum).saying("n", Value.text(n));
  }

  private static Program gcd(Draw draw) {
    int g = draw.between(2, 24);
    int a = g * draw.between(2, 40);
    int b = g * draw.between(2, 40);
    int result = BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).intValue();
    String code = "const g=(a,b)=>b?g(b,a%%b):a;console.log(g(%d,%d))".formatted(a, b);
    return Program.of("gcd", code, result)
        .saying("a", number(a, draw))
        .saying("b", number(b, draw));
  }

  private static Program binary(Draw draw) {
    int n = draw.between(5, 2000);
    return Program.of(
            "binary", "console.log((%d).toString(2))".formatted(n), Integer.toString(n, 2))
        .saying("n", number(n, draw));
  }

  private static Program fromBinary(Draw draw) {
    int n = draw.between(5, 1023);
    String bits = Integer.toString(n, 2);
    return Program.of("from.binary", "console.log(parseInt('%s',2))".formatted(bits), n)
        .saying("n", Value.text(bits));
  }

  private static Program hex(Draw draw) {
    int n = draw.between(10, 65_000);
    return Program.of("hex", "console.log((%d).toString(16))".formatted(n), Integer.toString(n, 16))
        .saying("n", number(n, draw));
  }

  private static Program sumTo(Draw draw) {
    int n = draw.between(2, 99) * 10;
    String code = "let s=0;for(let i=1;i<=%d;i++)s+=i;console.log(s)".formatted(n);
    return Program.of("sum.to", code, n * (n + 1) / 2).saying("n", number(n, draw));
  }

  private static Program evens(Draw draw) {
    int n = draw.between(8, 40);
    String code = "let o=[];for(let i=2;i<=%d;i+=2)o.push(i);console.log(o.join(' '))".formatted(n);
    return Program.of("evens", code, joined(IntStream.rangeClosed(1, n / 2).map(i -> 2 * i), " "))
        .saying("n", number(n, draw));
  }

  private static Program table(Draw draw) {
    int n = draw.between(2, 19);
    String code = "console.log(Array.from({length:10},(_,i)=>(i+1)*%d).join(' '))".formatted(n);
    return Program.of("table", code, joined(IntStream.rangeClosed(1, 10).map(i -> i * n), " "))
        .saying("n", number(n, draw));
  }

  private static Program fizzBuzz(Draw draw) {
    int n = draw.between(5, 18);
    String code =
        "for(let i=1;i<=%d;i++)console.log(i%%15?i%%5?i%%3?i:'Fizz':'Buzz':'FizzBuzz')"
            .formatted(n);
    String output =
        IntStream.rangeClosed(1, n)
            .mapToObj(
                i -> i % 15 == 0 ? "FizzBuzz" : i % 5 == 0 ? "Buzz" : i % 3 == 0 ? "Fizz" : "" + i)
            .collect(Collectors.joining("\n"));
    return Program.of("fizzbuzz", code, output).saying("n", number(n, draw));
  }

  private static Program leapYear(Draw draw) {
    int y = draw.between(1880, 2120);
    String code = "const y=%d;console.log(y%%4===0&&y%%100!==0||y%%400===0)".formatted(y);
    return Program.of("leap", code, LocalDate.of(y, 1, 1).isLeapYear())
        .saying("n", Value.text(String.valueOf(y)));
  }

  private static Program countdown(Draw draw) {
    int n = draw.between(4, 20);
    String code = "let o=[];for(let i=%d;i>=0;i--)o.push(i);console.log(o.join(' '))".formatted(n);
    return Program.of("countdown", code, joined(IntStream.rangeClosed(0, n).map(i -> n - i), " "))
        .saying("n", number(n, draw));
  }

  private static Program plusDays(Draw draw) {
    LocalDate date = Things.date(draw);
    int days = draw.between(5, 400);
    String code =
        "const d=new Date('%s');d.setDate(d.getDate()+%d);console.log(d.toISOString().slice(0,10))"
            .formatted(date, days);
    return Program.of("plus.days", code, date.plusDays(days))
        .saying("date", day(date, draw))
        .saying("n", number(days, draw));
  }

  private static Program daysBetween(Draw draw) {
    LocalDate from = Things.date(draw);
    LocalDate to = from.plusDays(draw.between(3, 500));
    String code = "console.log((new Date('%s')-new Date('%s'))/864e5)".formatted(to, from);
    return Program.of("days.between", code, to.toEpochDay() - from.toEpochDay())
        .saying("from", day(from, draw))
        .saying("to", day(to, draw));
  }

  private static Program weekday(Draw draw) {
    LocalDate date = Things.date(draw);
    String code =
        "console.log(['Sunday','Monday','Tuesday','Wednesday','Thursday','Friday','Saturday'][new Date('%s').getDay()])"
            .formatted(date);
    String name = date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    return Program.of("weekday", code, name).saying("date", day(date, draw));
  }

  private static Program dice(Draw draw) {
    String code = "console.log(1+Math.floor(Math.random()*6))";
    return Program.of("dice", code, draw.between(1, 6));
  }

  private static Program randomNumber(Draw draw) {
    int from = draw.pick(0, 1, 1, 1, 10, 50);
    int to = from + draw.between(9, 999);
    String code = "console.log(%d+Math.floor(Math.random()*%d))".formatted(from, to - from + 1);
    return Program.of("random.number", code, draw.between(from, to))
        .saying("a", number(from, draw))
        .saying("b", number(to, draw));
  }

  private static Program collatz(Draw draw) {
    int start = draw.between(5, 120);
    int steps = 0;
    for (long n = start; n != 1; steps++) {
      n = n % 2 == 0 ? n / 2 : 3 * n + 1;
    }
    String code = "let n=%d,s=0;while(n!==1){n=n%%2?3*n+1:n/2;s++}console.log(s)".formatted(start);
    return Program.of("collatz", code, steps).saying("n", number(start, draw));
  }
}
