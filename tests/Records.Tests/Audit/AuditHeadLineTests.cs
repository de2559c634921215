namespace AwoooP.Records.Tests.Audit;

/// <summary>A head comes out of its line as it went in, and nothing else is taken for one.</summary>
public sealed class AuditHeadLineTests
{
    private static readonly AuditHeadRow Head = new()
    {
        ProjectId = "shop",
        Position = "1.7.450",
        ChainNo = 450,
        Hash = new string('a', 64),
        SignedAt = DateTimeOffset.UnixEpoch.AddYears(60),
        KeyId = "k1",
        Signature = new string('b', 64),
    };

    [Fact]
    public void TryRead_OfALineThatWasWritten_GivesTheHead()
    {
        AuditHeadLine.TryRead(AuditHeadLine.Write(Head), out var read).ShouldBeTrue();

        read.ShouldBe(Head);
    }

    [Fact]
    public void TryRead_OfALineThatWasCutOff_IsNone() => AuditHeadLine.TryRead(AuditHeadLine.Write(Head)[..^9], out _).ShouldBeFalse();

    [Fact]
    public void TryRead_OfAPositionThatIsNone_IsNone() => AuditHeadLine.TryRead(AuditHeadLine.Write(Head with { Position = "1.7" }), out _).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void TryRead_OfWhatIsNoHead_IsNone(string line) => AuditHeadLine.TryRead(line, out _).ShouldBeFalse();
}
