using System.Text.Json;
using AwoooP.Approvals;
using AwoooP.Commands;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Playbooks;
using static AwoooP.Playbooks.PlaybookLimits;

namespace AwoooP.Grains.Tests.Playbooks;

/// <summary>Each bound of a definition from both sides: what is on it passes, and what is over it is refused with the path of its field.</summary>
public sealed class PlaybookValidationTests
{
    private static readonly PlaybookDefinition Valid = new()
    {
        Name = "n",
        Match = new PlaybookMatch { AlertNames = ["A"] },
        ActionPattern = "a",
        Steps = [Plans.Command("s")],
    };

    public static TheoryData<string, PlaybookDefinition> Faulty => new()
    {
        { "$.name", Valid with { Name = "" } },
        { "$.name", Valid with { Name = Text(MaxName + 1) } },
        { "$.name", Valid with { Name = "a\0b" } },
        { "$.name", Valid with { Name = null! } },
        { "$.description", Valid with { Description = Text(MaxText + 1) } },
        { "$.notes", Valid with { Notes = Text(MaxText + 1) } },
        { "$.match", Valid with { Match = null! } },
        { "$.match.alert_names", Match([]) },
        { "$.match.alert_names", Match(Many(MaxAlertNames + 1, "A")) },
        { "$.match.alert_names", Match(null!) },
        { "$.match.alert_names[1]", Match(["A", Text(MaxAlertName + 1)]) },
        { "$.match.alert_names[0]", Match([""]) },
        { "$.match.alert_names[0]", Match([null!]) },
        { "$.match.labels", Match(["A"], [.. Enumerable.Range(0, MaxLabels + 1).Select(i => ($"l{i}", "v"))]) },
        { "$.match.labels.l", Match(["A"], ("l", Text(MaxAlertName + 1))) },
        { "$.match.labels.l", Match(["A"], ("l", "")) },
        { "$.action_pattern", Valid with { ActionPattern = Text(MaxActionPattern + 1) } },
        { "$.action_pattern", Valid with { ActionPattern = "restart:{{" } },
        { "$.estimated_duration_minutes", Valid with { EstimatedDurationMinutes = -1 } },
        { "$.estimated_duration_minutes", Valid with { EstimatedDurationMinutes = (24 * 60) + 1 } },
        { "$.tags", Valid with { Tags = Many(MaxTags + 1, "t") } },
        { "$.tags[1]", Valid with { Tags = ["t", Text(MaxTag + 1)] } },
        { "$.steps", Valid with { Steps = [] } },
        { "$.steps", Valid with { Steps = [.. Enumerable.Repeat(Plans.Command("s"), MaxSteps + 1)] } },
        { "$.steps[0]", Valid with { Steps = [null!] } },
        { "$.steps[1].name", Valid with { Steps = [Plans.Command("s"), Plans.Command(Text(MaxStepName + 1))] } },
        { "$.steps[0].timeout_seconds", Of(Plans.Command("s") with { TimeoutSeconds = -1 }) },
        { "$.steps[0].timeout_seconds", Of(Plans.Command("s") with { TimeoutSeconds = MaxTimeoutSeconds + 1 }) },
        { "$.steps[0].program", Of(Plans.Command("s") with { Program = "/bin/sh" }) },
        { "$.steps[0].program", Of(Plans.Command("s") with { Program = Text(65) }) },
        { "$.steps[0].arguments", Of(Plans.Command("s") with { Arguments = Many(MaxArguments + 1, "a") }) },
        { "$.steps[0].arguments[0]", Of(Plans.Command("s") with { Arguments = [Text(MaxArgument + 1)] }) },
        { "$.steps[0].dry_run_arguments[0]", Of(Plans.Command("s") with { DryRunArguments = ["{{ service"] }) },
        { "$.steps[0].method", Of(Http with { Method = "CONNECT" }) },
        { "$.steps[0].url", Of(Http with { Url = "ftp://web/" }) },
        { "$.steps[0].url", Of(Http with { Url = "http://ann:secret@web/" }) },
        { "$.steps[0].url", Of(Http with { Url = "http://web/" + Text(MaxUrl) }) },
        { "$.steps[0].body", Of(Http with { Body = Text(MaxBody + 1) }) },
        { "$.steps[0].content_type", Of(Http with { ContentType = "" }) },
        { "$.steps[0].expected_status[1]", Of(Http with { ExpectedStatus = [200, 600] }) },
        { "$.steps[0].expected_status", Of(Http with { ExpectedStatus = [.. Enumerable.Repeat(200, MaxSteps + 1)] }) },
        { "$.steps[0].seconds", Of(Plans.Wait(0)) },
        { "$.steps[0].seconds", Of(Plans.Wait(MaxTimeoutSeconds + 1)) },
        { "$.steps[0]", Of(new VerifyStep { Name = "v" }) },
        { "$.steps[0]", Of(Plans.Verify() with { Url = "http://web/" }) },
        { "$.steps[0].prom_ql", Of(Plans.Verify() with { PromQl = Text(MaxText + 1) }) },
        { "$.steps[0].expected_status", Of(Plans.Verify() with { ExpectedStatus = 99 }) },
        { "$.steps[0].interval_seconds", Of(Plans.Verify() with { IntervalSeconds = 61 }) },
        { "$.steps[0].consecutive", Of(Plans.Verify() with { Consecutive = 11 }) },
        { "$.steps[0].agent", Of(Plans.Model() with { Agent = "tool/restart" }) },
        { "$.steps[0].agent", Of(Plans.Model() with { Agent = "Triage" }) },
        { "$.steps[0].prompt", Of(Plans.Model() with { Prompt = "" }) },
        { "$.steps[0].prompt", Of(Plans.Model() with { Prompt = Text(MaxPrompt + 1) }) },
        { "$.steps[0].prompt", Of(Plans.Model() with { Prompt = "Why {{ it?" }) },
        { "$.steps[0].fallback", Of(Plans.Model() with { Fallback = default }) },
        { "$.steps[0].fallback", Of(Plans.Model() with { Fallback = JsonElement.Parse($"\"{Text(MaxPrompt)}\"") }) },
        { "$.steps[0].fallback", Of(Plans.Model() with { Fallback = JsonElement.Parse("[1e999]") }) },
        { "$.steps[0].fallback", Of(Plans.Model() with { Fallback = JsonElement.Parse("""["a\u0000b"]""") }) },
        { "$.steps[0].rollback.kind", Of(Plans.Command("s", rollback: Plans.Model())) },
        { "$.steps[0].rollback.name", Of(Plans.Command("s", rollback: Plans.Command(""))) },
        { "$.steps[0].rollback.kind", Of(Plans.Command("s", rollback: Plans.Wait(1))) },
        { "$.steps[0].rollback.rollback", Of(Plans.Command("s", rollback: Plans.Command("u", rollback: Plans.Command("v")))) },
        { "$", Valid with { Steps = [.. Enumerable.Repeat(Http with { Body = Text(MaxBody) }, 4)] } },
    };

    public static TheoryData<string, PlaybookDefinition> OnTheBound => new()
    {
        { "name", Valid with { Name = Text(MaxName) } },
        { "description", Valid with { Description = Text(MaxText), Notes = Text(MaxText) } },
        { "alert names", Match(Many(MaxAlertNames, Text(MaxAlertName))) },
        { "labels", Match(["A"], [.. Enumerable.Range(0, MaxLabels).Select(i => ($"l{i}", Text(MaxAlertName)))]) },
        { "action pattern", Valid with { ActionPattern = Text(MaxActionPattern) } },
        { "duration", Valid with { EstimatedDurationMinutes = 24 * 60 } },
        { "tags", Valid with { Tags = Many(MaxTags, Text(MaxTag)) } },
        { "steps", Valid with { Steps = [.. Enumerable.Repeat(Plans.Command(Text(MaxStepName)) with { TimeoutSeconds = MaxTimeoutSeconds }, MaxSteps)] } },
        { "program", Of(Plans.Command("s") with { Program = Text(64) }) },
        { "arguments", Of(Plans.Command("s") with { Arguments = [.. Many(MaxArguments - 1, "a"), Text(MaxArgument)], DryRunArguments = [] }) },
        { "http", Of(Http with { Url = "http://web/" + Text(MaxUrl - 11), Body = Text(MaxBody), ExpectedStatus = [100, 599] }) },
        { "wait", Of(Plans.Wait(MaxTimeoutSeconds)) },
        { "verify", Of(Plans.Verify() with { PromQl = Text(MaxText), ExpectedStatus = 599, IntervalSeconds = 60, Consecutive = 10 }) },
        { "model", Of(Plans.Model() with { Prompt = Text(MaxPrompt), Fallback = JsonElement.Parse($"\"{Text(MaxPrompt - 2)}\"") }) },
        { "rollback", Of(Plans.Command("s", rollback: Http)) },
    };

    private static HttpStep Http => new() { Name = "h", Url = "http://web/" };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void Check_OverABound_NamesTheField(string path, PlaybookDefinition definition)
    {
        var refusal = PlaybookValidation.Check(definition).ShouldNotBeNull();

        refusal.Kind.ShouldBe(RefusalKind.Invalid);
        refusal.Code.ShouldBe("invalid_playbook");
        refusal.Field.ShouldBe(path);
        refusal.Message.ShouldStartWith($"{path}: ");
    }

    [Fact]
    public void Check_OverSeveralBounds_NamesThemAll()
    {
        var definition = Valid with { Name = "", ActionPattern = "restart:{{", Steps = [Plans.Wait(0), Http with { Method = "CONNECT", Url = "ftp://web/" }] };

        var refusal = PlaybookValidation.Check(definition).ShouldNotBeNull();

        refusal.InvalidFields.Select(static fault => fault.Field)
            .ShouldBe(["$.name", "$.action_pattern", "$.steps[0].seconds", "$.steps[1].method", "$.steps[1].url"]);
        refusal.InvalidFields.ShouldAllBe(static fault => !fault.Message.Contains(fault.Field));
        (refusal.Code, refusal.Field).ShouldBe(("invalid_playbook", "$.name"));
    }

    [Theory]
    [MemberData(nameof(OnTheBound))]
    public void Check_OnTheBound_Passes(string what, PlaybookDefinition definition) => PlaybookValidation.Check(definition).ShouldBeNull(what);

    [Fact]
    public void Check_OfEnumsLeftOut_TakesTheirDefaults()
    {
        var definition = Valid with { Risk = RiskLevel.None, RequiresApproval = ApprovalLevel.None, Autonomy = AutonomyLevel.None };

        PlaybookValidation.Check(definition).ShouldBeNull();
        (definition.Risk, definition.RequiresApproval, definition.Autonomy).ShouldBe((RiskLevel.Medium, ApprovalLevel.Standard, AutonomyLevel.L3));
    }

    private static PlaybookDefinition Of(RepairStep step) => Valid with { Steps = [step] };

    private static PlaybookDefinition Match(IReadOnlyList<string> names, params (string Name, string Value)[] labels) =>
        Valid with { Match = new PlaybookMatch { AlertNames = names, Labels = labels.ToDictionary(label => label.Name, label => label.Value) } };

    private static string Text(int length) => new('x', length);

    private static string[] Many(int count, string text) => [.. Enumerable.Repeat(text, count)];
}
