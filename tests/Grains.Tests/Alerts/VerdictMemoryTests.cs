using AwoooP.Alerts;

namespace AwoooP.Grains.Tests.Alerts;

public sealed class VerdictMemoryTests
{
    private int _judged;

    [Fact]
    public void Of_ShortTextAgain_IsJudgedOnce()
    {
        var memory = new VerdictMemory<string>(Judge);

        memory.Of("HighCpu").ShouldBe("[HighCpu]");
        memory.Of("HighCpu").ShouldBe("[HighCpu]");

        _judged.ShouldBe(1);
    }

    [Fact]
    public void Of_LongText_IsNotKept()
    {
        var memory = new VerdictMemory<string>(Judge);
        var name = new string('a', 10_000);

        memory.Of(name).ShouldBe($"[{name}]");
        memory.Of(name).ShouldBe($"[{name}]");

        _judged.ShouldBe(2);
    }

    [Fact]
    public void Of_MoreTextsThanItHolds_AnswersEachAndKeepsTheNewest()
    {
        var memory = new VerdictMemory<string>(Judge);
        for (var number = 0; number < 100_000; number++)
            memory.Of($"rule {number % 50_000}").ShouldBe($"[rule {number % 50_000}]");

        _judged = 0;
        memory.Of("rule 49999");
        _judged.ShouldBe(0);
    }

    private string Judge(string text)
    {
        _judged++;
        return $"[{text}]";
    }
}
