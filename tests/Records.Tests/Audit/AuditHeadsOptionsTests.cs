namespace AwoooP.Records.Tests.Audit;

public sealed class AuditHeadsOptionsTests
{
    [Fact]
    public void HeadsFile_ThatIsNoAbsolutePath_IsToldAsItWasWritten()
    {
        var result = new ValidateAuditHeadsOptions().Validate(name: null, new AuditHeadsOptions { HeadsFile = "heads.jsonl" });

        result.FailureMessage.ShouldBe("Integrations:Audit:HeadsFile must be the absolute path of a file; it is 'heads.jsonl'.");
    }
}
