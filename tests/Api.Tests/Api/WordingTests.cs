using AwoooP.Api.Tests.Hosting;
using AwoooP.Operators;
using AwoooP.Playbooks;
using AwoooP.Runs;
using NSubstitute;

namespace AwoooP.Api.Tests.Api;

/// <summary>Codes are told in words, in the language that the reader asks for.</summary>
public sealed class WordingTests(FrontHost host) : IClassFixture<FrontHost>
{
    private static readonly Guid RunId = Guid.Parse("01990000-0000-7000-8000-000000000001");

    [Theory]
    [InlineData(null, "The dry run found a step that cannot be carried out; nothing was executed. Step 1 'Call it': The address is not at an origin")]
    [InlineData("de", "The dry run found")]
    [InlineData("en-GB,zh;q=0.5", "The dry run found")]
    [InlineData("fr, zh-TW;q=0.9, en;q=0.8", "試跑發現有步驟無法執行，未執行任何步驟。步驟 1「Call it」：位址的來源不在")]
    public async Task Run_ThatWasHeldBack_SaysWhyInTheReadersLanguage(string? wish, string begins)
    {
        Given(new RunCause(RunErrors.DryRunFailed, new StepInTheWay(1, "Call it", "origin_not_allowed")));
        using var client = host.ConnectAs(OperatorRole.Viewer);
        if (wish is not null)
            client.DefaultRequestHeaders.Add("Accept-Language", wish);

        var response = await client.GetAsync($"/v1/platform/runs/{RunId}");
        var run = await response.JsonAsync();

        run.GetProperty("error_code").GetString().ShouldBe(RunErrors.DryRunFailed);
        run.GetProperty("cause").GetString()!.ShouldStartWith(begins);
        response.Headers.Vary.ShouldContain("Accept-Language");
    }

    [Fact]
    public async Task Run_ThatNothingVerified_SaysSo()
    {
        Given(new RunCause(RunErrors.Unverified), RunState.Completed);
        using var client = host.ConnectAs(OperatorRole.Viewer);

        var run = await (await client.GetAsync($"/v1/platform/runs/{RunId}")).JsonAsync();

        run.GetProperty("cause").GetString().ShouldBe("The plan has no verify step, so nobody knows whether the repair helped.");
        var step = run.GetProperty("steps").EnumerateArray().ShouldHaveSingleItem();
        step.GetProperty("error").GetString().ShouldBe("The program ended with exit code 7.");
    }

    [Fact]
    public async Task Playbook_WithWarnings_TellsThemInWords()
    {
        const string id = "PB-20260101-AAAAAA";
        var definition = new PlaybookDefinition { Name = "p", Match = new PlaybookMatch { AlertNames = ["a"] }, Steps = [new WaitStep { Name = "w", Seconds = 1 }], ActionPattern = "p" };
        host.Cluster.GetGrain<IPlaybookGrain>($"awoooi/{id}").GetAsync(Arg.Any<CancellationToken>()).Returns(
            new PlaybookView(1, id, PlaybookStatus.Draft, 1, definition, 0.3, 0, 0, [], [new PlaybookFinding("$.steps", PlaybookFinding.NotVerified)]));
        using var client = host.ConnectAs(OperatorRole.Viewer);

        var warning = (await (await client.GetAsync($"/v1/platform/playbooks/{id}")).JsonAsync()).GetProperty("warnings").EnumerateArray().ShouldHaveSingleItem();

        warning.GetProperty("field").GetString().ShouldBe("$.steps");
        warning.GetProperty("code").GetString().ShouldBe("not_verified");
        warning.GetProperty("message").GetString()!.ShouldStartWith("No step verifies");
    }

    private void Given(RunCause cause, RunState state = RunState.Failed) => host.Cluster.AnswerRun(RunId, state, cause);
}
