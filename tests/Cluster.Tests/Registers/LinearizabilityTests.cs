using static AwoooP.Cluster.Tests.Registers.RegisterOperation;

namespace AwoooP.Cluster.Tests.Registers;

public sealed class LinearizabilityTests
{
    [Fact]
    public void FindViolation_OneAfterTheOther_FindsNone() =>
        Find(Write("a", 1, 2), Read("a", 3, 4), Write("b", 5, 6), Read("b", 7, 8)).ShouldBeNull();

    [Fact]
    public void FindViolation_ReadsDuringAWrite_MayTellEitherValue() =>
        Find(Write("a", 1, 2), Write("b", 3, 10), Read("a", 4, 5), Read("b", 6, 7)).ShouldBeNull();

    [Fact]
    public void FindViolation_ReadsDuringAWrite_MayNotGoBack() =>
        Find(Write("a", 1, 2), Write("b", 3, 10), Read("b", 4, 5), Read("a", 6, 7)).ShouldNotBeNull();

    [Fact]
    public void FindViolation_StaleRead_IsFound() =>
        Find(Write("a", 1, 2), Write("b", 3, 4), Read("a", 5, 6), Read("b", 7, 8)).ShouldNotBeNull();

    [Fact]
    public void FindViolation_LostWrite_IsFound() => Find(Write("a", 1, 2), Read(null, 3, 4)).ShouldNotBeNull();

    [Fact]
    public void FindViolation_ValueThatNobodyWrote_IsFound() => Find(Write("a", 1, 2), Read("b", 3, 4)).ShouldNotBeNull();

    [Fact]
    public void FindViolation_WritesAtOnceThatReadersSeeInTwoOrders_IsFound() =>
        Find(Write("a", 1, 10), Write("b", 1, 10), Read("a", 11, 12), Read("b", 13, 14)).ShouldNotBeNull();

    [Fact]
    public void FindViolation_TwoSwapsOfTheSameValue_IsFound() =>
        Find(Write("a", 1, 2), Swap("a", "b", 3, 10), Swap("a", "c", 3, 10)).ShouldNotBeNull();

    [Fact]
    public void FindViolation_SwapThatIsRefusedByAnother_FindsNone() =>
        Find(Write("a", 1, 2), Swap("a", "b", 3, 10), RefusedSwap("a", "c", 3, 10), Read("b", 11, 12)).ShouldBeNull();

    [Fact]
    public void FindViolation_SwapRefusedWithoutReason_IsFound() => Find(Write("a", 1, 2), RefusedSwap("a", "b", 3, 4)).ShouldNotBeNull();

    [Fact]
    public void FindViolation_OpenWrite_MayHaveHappenedLater() =>
        Find(Write("a", 1, 2), Write("b", 3, Open), Read("a", 4, 5), Read("b", 6, 7)).ShouldBeNull();

    [Fact]
    public void FindViolation_OpenWrite_MayNeverHaveHappened() =>
        Find(Write("a", 1, 2), Write("b", 3, Open), Read("a", 4, 5), Read("a", 6, 7)).ShouldBeNull();

    [Fact]
    public void FindViolation_OpenWrite_MayNotHaveHappenedTwice() =>
        Find(Write("a", 1, 2), Write("b", 3, Open), Read("b", 4, 5), Write("c", 6, 7), Read("b", 8, 9)).ShouldNotBeNull();

    [Fact]
    public void FindViolation_OpenWrite_MayNotHaveHappenedBeforeItBegan() =>
        Find(Write("a", 1, 2), Read("b", 3, 4), Write("b", 5, Open)).ShouldNotBeNull();

    [Fact]
    public void FindViolation_OpenSwap_HappensOnlyToWhatItExpects() =>
        Find(Write("a", 1, 2), Swap("z", "b", 3, Open), Read("b", 4, 5)).ShouldNotBeNull();

    [Fact]
    public void FindViolation_ManyOpenWrites_AreNotTriedInEveryOrder()
    {
        RegisterOperation[] open = [.. Enumerable.Range(0, 500).Select(static number => Write($"open {number}", 3, Open))];
        Find([Write("a", 1, 20), Write("b", 1, 20), .. open, Read("a", 21, 22), RefusedSwap("a", "c", 23, 24)]).ShouldBeNull();
        Find([Write("a", 1, 20), Write("b", 1, 20), .. open, Read("a", 21, 22), Read("b", 23, 24), Read("a", 25, 26)]).ShouldNotBeNull();
    }

    /// <summary>Wrong turns at many places, with hundreds that may have happened: each place is looked at once, and not once for each of them.</summary>
    [Fact]
    public void FindViolation_ManyOpenWritesInALongHistory_AreNotTriedAtEveryPlaceAgain()
    {
        var history = new List<RegisterOperation>();
        for (var moment = 0L; moment < 40_000; moment += 20)
        {
            history.Add(Write($"a{moment}", moment, moment + 9));
            history.Add(Write($"b{moment}", moment + 1, moment + 9));
            history.Add(Read($"a{moment}", moment + 10, moment + 12));
            if (moment % 100 == 0)
                history.Add(Write($"open {moment}", moment, Open));
        }

        Find([.. history]).ShouldBeNull();
        Find([.. history, Read("b0", 40_001, 40_002)]).ShouldNotBeNull();
    }

    /// <summary>While a silo is cut off its callers wait for seconds, and what they wrote happens last of all.</summary>
    [Fact]
    public void FindViolation_StuckWritesInALongHistory_AreNotTriedInEveryOrderBeforeAllThatHappensMeanwhile()
    {
        const int Stuck = 10;
        var history = new List<RegisterOperation>();
        for (var outage = 0L; outage < 10; outage++)
        {
            var (begins, ends) = (outage * 100_000, (outage * 100_000) + 90_000);
            history.AddRange(Enumerable.Range(0, Stuck).Select(number => Write($"stuck {outage} {number}", begins, ends + 100)));
            for (var moment = begins + 1; moment < ends; moment += 300)
            {
                history.Add(Write($"{moment}", moment, moment + 150));
                history.Add(Read($"{moment}", moment + 100, moment + 280));
            }

            history.AddRange(Enumerable.Range(0, Stuck).Select(number => Read($"stuck {outage} {number}", ends + number, ends + number)));
        }

        Find([.. history]).ShouldBeNull();
        Find([.. history, Read("stuck 0 0", 2_000_000, 2_000_001)]).ShouldNotBeNull();
    }

    [Fact]
    public void FindViolation_ValueWrittenTwice_IsNoHistoryThatItCanJudge() =>
        Should.Throw<ArgumentException>(static () => Find(Write("a", 1, 2), Write("a", 3, 4)));

    /// <summary>Histories of a real register with callers that overlap: each takes effect at a moment between its beginning and its end.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void FindViolation_GeneratedHistory_IsLegalUntilARegisterForgets(int seed)
    {
        var random = new Random(seed);
        var held = (string?)null;
        var history = new List<RegisterOperation>();
        for (var moment = 1; moment <= 200; moment++)
        {
            var (begun, ended) = ((moment * 10L) - random.Next(20), (moment * 10L) + random.Next(20));
            switch (random.Next(4))
            {
                case 0:
                    held = $"{moment}";
                    history.Add(Write(held, begun, random.Next(10) == 0 ? Open : ended));
                    break;
                case 1:
                    history.Add(RefusedSwap("never written", $"{moment}", begun, ended));
                    break;
                case 2:
                    history.Add(Swap(held, $"{moment}", begun, ended));
                    held = $"{moment}";
                    break;
                default:
                    history.Add(Read(held, begun, ended));
                    break;
            }
        }

        Find([.. history]).ShouldBeNull();
        Find([.. history, Read(null, 5_000, 5_001)]).ShouldNotBeNull();
    }

    /// <summary>
    /// What a load leaves behind when the server goes away again and again: callers that read, write and swap, hundreds of whom never learn what
    /// came of it, and a few of those were carried out.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void FindViolation_ManyOutages_AreLegalUntilARegisterForgets(int seed)
    {
        const int Callers = 6;
        const int Between = 500;
        const int Outage = 100;
        var random = new Random(seed);
        var (held, values) = ((string?)null, 0);
        var known = new string?[Callers];
        var history = new List<RegisterOperation>();
        for (var moment = 1L; moment <= 5 * Between; moment++)
        {
            var (caller, isOut) = (random.Next(Callers), moment % Between < Outage);
            // Those that overlap take place in the order of their moments.
            var (begun, ended) = ((moment * 10) - random.Next(30), isOut ? Open : (moment * 10) + random.Next(30));
            var isDone = !isOut || random.Next(20) == 0;
            switch (random.Next(4))
            {
                case 0:
                    history.Add(Write($"{++values}", begun, ended));
                    held = isDone ? $"{values}" : held;
                    break;
                case 1 when known[caller] == held || isOut:
                    history.Add(Swap(known[caller], $"{++values}", begun, ended));
                    held = isDone && known[caller] == held ? $"{values}" : held;
                    break;
                case 1:
                    history.Add(RefusedSwap(known[caller], $"{++values}", begun, ended));
                    break;
                case var _ when !isOut:
                    history.Add(Read(held, begun, ended));
                    known[caller] = held;
                    break;
                default:
                    break;
            }
        }

        Find([.. history]).ShouldBeNull();
        Find([.. history, Read(history.First(static operation => operation.Action == RegisterAction.Read).Value, 100_000, 100_001)]).ShouldNotBeNull();
    }

    private static RegisterOperation? Find(params RegisterOperation[] history) => Linearizability.FindViolation(history, initial: null);
}
