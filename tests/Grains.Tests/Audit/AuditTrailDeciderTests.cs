using AwoooP.Audit;

namespace AwoooP.Grains.Tests.Audit;

public sealed class AuditTrailDeciderTests
{
    private static readonly DenyAct Denied = new("VoteApproval", 403, "role_required", "403 role_required", "approval_id=1", "api_key", "192.0.2.1", null);
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void GivenARefusal_WhenTold_ThenItIsOnRecordAsItWasSaid()
    {
        var raised = AuditTrailDecider.Deny(Denied).Events.ShouldHaveSingleItem().ShouldBeOfType<ActDenied>();

        raised.ShouldBe(new ActDenied("VoteApproval", 403, "role_required", "403 role_required", "approval_id=1", "api_key", "192.0.2.1", null));
        AuditTrail.Initial.Apply(raised, Now).Denied.ShouldBe(1);
    }

    [Fact]
    public void GivenManyRefusals_WhenCounted_ThenOneEventTellsThem()
    {
        var raised = AuditTrailDecider.Count(new CountDenials(40, Now, Now.AddSeconds(9))).Events.ShouldHaveSingleItem().ShouldBeOfType<DenialsCounted>();

        (raised.Count, raised.Since, raised.Until).ShouldBe((40, Now, Now.AddSeconds(9)));
        raised.Reason.ShouldStartWith("40 more");
        AuditTrail.Initial.Apply(raised, Now).Denied.ShouldBe(40);
    }

    public static TheoryData<DenyAct, string> Bad => new()
    {
        { Denied with { Operation = "" }, "invalid_operation" },
        { Denied with { Operation = new string('x', 101) }, "invalid_operation" },
        { Denied with { Code = "" }, "invalid_code" },
        { Denied with { Status = 200 }, "invalid_status" },
        { Denied with { Reason = "" }, "out_of_range" },
        { Denied with { Target = new string('x', 301) }, "invalid_target" },
        { Denied with { Address = new string('x', 101) }, "invalid_address" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void GivenARefusalOutOfBounds_WhenTold_ThenRefused(DenyAct command, string code) => AuditTrailDecider.Deny(command).Refusal!.Code.ShouldBe(code);

    [Fact]
    public void GivenASession_WhenBegunAndEnded_ThenBothAreOnRecordAndNothingWasRefused()
    {
        var began = AuditTrailDecider.Begin(new BeginSession("oidc", null, "192.0.2.1", Now.AddHours(8))).Events.ShouldHaveSingleItem();
        var ended = AuditTrailDecider.End(new EndSession("oidc", null, "192.0.2.1")).Events.ShouldHaveSingleItem();

        began.ShouldBe(new SessionBegan("oidc", null, "192.0.2.1", Now.AddHours(8)));
        ended.ShouldBe(new SessionEnded("oidc", null, "192.0.2.1"));
        AuditTrail.Initial.Apply(began, Now).Apply(ended, Now).ShouldBe(AuditTrail.Initial);
        AuditTrailDecider.End(new EndSession("", null, null)).Refusal!.Code.ShouldBe("invalid_method");
        AuditTrailDecider.End(new EndSession("oidc", new string('k', 101), null)).Refusal!.Code.ShouldBe("invalid_key_id");
    }

    [Fact]
    public void GivenACountOfNothing_WhenTold_ThenRefused()
    {
        AuditTrailDecider.Count(new CountDenials(0, Now, Now)).Refusal!.Code.ShouldBe("invalid_count");
        AuditTrailDecider.Count(new CountDenials(1, Now, Now.AddSeconds(-1))).Refusal!.Code.ShouldBe("invalid_count");
    }
}
