using AwoooP.Integrations.Tests.Peers;
using AwoooP.Playbooks;
using AwoooP.Runs;
using AwoooP.Testing;

namespace AwoooP.Integrations.Tests.Commands;

/// <summary>Real programs of the machine, started and ended for real.</summary>
public sealed class CommandExecutorTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("awooop-commands-").FullName;
    private readonly Adapters _adapters;

    public CommandExecutorTests() => _adapters = new Adapters(new Dictionary<string, string?>
    {
        ["Commands:Folder"] = _folder,
        ["Commands:Programs:echo:Path"] = "/bin/echo",
        ["Commands:Programs:echo:Arguments:0"] = "[a-z ;$()]+",
        ["Commands:Programs:env:Path"] = "/usr/bin/env",
        ["Commands:Programs:env:InheritEnvironment:0"] = "HOME",
        ["Commands:Programs:env:Environment:COLOR"] = "blue",
        ["Commands:Programs:pwd:Path"] = "/bin/pwd",
        ["Commands:Programs:pwd:WorkingDirectory"] = "/usr",
        ["Commands:Programs:gone:Path"] = "/nonexistent/program",
    });

    private IStepExecutor Executor => _adapters.Executor("command");

    [Fact]
    public async Task Execute_Arguments_ReachTheProgramAsTheyAre()
    {
        var outcome = await Executor.ExecuteAsync(Step("echo", "a; b", "$(id)"), Adapters.Context, default);

        outcome.ShouldBe(StepOutcome.Success("a; b $(id)\n"));
    }

    [Theory]
    [InlineData("sh", "program_not_allowed")]
    [InlineData("/bin/echo", "program_not_allowed")]
    [InlineData("../echo", "program_not_allowed")]
    [InlineData("gone", "program_missing")]
    public async Task Execute_ProgramNotAllowed_IsRefused(string program, string code)
    {
        (await Executor.ExecuteAsync(Step(program), Adapters.Context, default)).ErrorCode.ShouldBe(code);
        (await Executor.DryRunAsync(Step(program), Adapters.Context, default)).ErrorCode.ShouldBe(code);
    }

    [Fact]
    public void FindObstacle_ByTheSettings_NamesTheField()
    {
        Executor.FindObstacle(Step("echo", "a; b")).ShouldBeNull();
        Executor.FindObstacle(Step("sh")).ShouldBe(new StepObstacle("program_not_allowed", "program"));
        Executor.FindObstacle(Step("gone")).ShouldBe(new StepObstacle("program_missing", "program"));
        Executor.FindObstacle(Step("echo", "UPPER")).ShouldBe(new StepObstacle("argument_not_allowed", "arguments"));
        Executor.FindObstacle(Step("echo") with { DryRunArguments = ["UPPER"] }).ShouldBe(new StepObstacle("argument_not_allowed", "dry_run_arguments"));
    }

    [Theory]
    [InlineData("UPPER")]
    [InlineData("line\nbreak")]
    [InlineData("")]
    [InlineData("nul\0")]
    public async Task Execute_ArgumentOutsideThePattern_IsRefused(string argument) =>
        (await Executor.ExecuteAsync(Step("echo", argument), Adapters.Context, default)).ErrorCode.ShouldBe("argument_not_allowed");

    [Fact]
    public async Task Execute_Environment_HoldsOnlyWhatIsListed()
    {
        var outcome = await Executor.ExecuteAsync(Step("env"), Adapters.Context, default);

        var names = outcome.Output!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]).Order(StringComparer.Ordinal);
        names.ShouldBe(["AWOOOP_RUN_ID", "AWOOOP_TOOL_CALL_ID", "COLOR", "HOME", "TRACEPARENT"]);
    }

    [Fact]
    public async Task Execute_WorkingDirectory_IsTheConfiguredOne() =>
        (await Executor.ExecuteAsync(Step("pwd"), Adapters.Context, default)).Output.ShouldBe("/usr\n");

    [Fact]
    public async Task Execute_NonZeroExit_FailsWithCodeAndBothStreams()
    {
        Script("fails", "echo out; echo err >&2; exit 3");

        var outcome = await Executor.ExecuteAsync(Step("fails"), Adapters.Context, default);

        outcome.ErrorCode.ShouldBe("exit_code_3");
        outcome.Output!.ShouldContain("out");
        outcome.Output!.ShouldContain("err");
    }

    [Fact]
    public async Task Execute_MuchOutput_IsCutAndCountedAndNeverBlocks()
    {
        Script("loud", "i=0; while [ $i -lt 4000 ]; do echo 'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz'; i=$((i+1)); done");

        var outcome = await Executor.ExecuteAsync(Step("loud"), Adapters.Context, default);

        outcome.Succeeded.ShouldBeTrue();
        outcome.Output!.ShouldEndWith($"[{(4000 * 53) - 16384} more characters]");
    }

    [Fact]
    public async Task Execute_SecretInTheOutput_IsRedacted()
    {
        Script("leaks", "echo 'password=hunter2'");

        (await Executor.ExecuteAsync(Step("leaks"), Adapters.Context, default)).Output.ShouldBe("password=[REDACTED:secret]\n");
    }

    [Fact]
    public async Task Execute_TimeIsOver_EndsTheProgramAndItsChildren()
    {
        var pids = Path.Combine(_folder, "pids");
        Script("hangs", $"/bin/sleep 600 & echo $! > '{pids}.new'; echo $$ >> '{pids}.new'; /bin/mv '{pids}.new' '{pids}'; wait");
        using var timeout = new CancellationTokenSource();
        var run = Executor.ExecuteAsync(Step("hangs"), Adapters.Context, timeout.Token);
        await Eventually.BecomesTrueAsync(() => File.Exists(pids), "the program has started its child");
        var processes = File.ReadAllLines(pids);
        processes.ShouldAllBe(pid => IsRunning(pid));

        await timeout.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => run);
        await Eventually.BecomesTrueAsync(() => !Array.Exists(processes, IsRunning), "program and child are gone");
    }

    [Fact]
    public async Task Execute_ServiceLeftBehindHoldsTheOutput_ReturnsAllTheSame()
    {
        var pid = Path.Combine(_folder, "service-pid");
        Script("leaves", $"/usr/bin/setsid /bin/sleep 600 & echo $! > '{pid}'; echo done");

        var outcome = await Executor.ExecuteAsync(Step("leaves"), Adapters.Context, default);

        outcome.Output!.ShouldContain("done");
        System.Diagnostics.Process.GetProcessById(int.Parse(File.ReadAllText(pid), provider: null)).Kill();
    }

    [Fact]
    public async Task DryRun_WithoutDryRunArguments_RunsNothing()
    {
        var trace = Path.Combine(_folder, "trace");
        Script("touches", $"echo x > '{trace}'");

        (await Executor.DryRunAsync(Step("touches"), Adapters.Context, default)).Succeeded.ShouldBeTrue();
        File.Exists(trace).ShouldBeFalse();
    }

    [Fact]
    public async Task DryRun_WithDryRunArguments_RunsTheProgramWithThem()
    {
        Script("checks", "echo \"$1\"");

        var outcome = await Executor.DryRunAsync(Step("checks", "now") with { DryRunArguments = ["--dry-run"] }, Adapters.Context, default);

        outcome.ShouldBe(StepOutcome.Success("--dry-run\n"));
    }

    public async ValueTask DisposeAsync()
    {
        await _adapters.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static CommandStep Step(string program, params string[] arguments) => new() { Name = "test", Program = program, Arguments = arguments };

    private static bool IsRunning(string pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/status").Contains("State:\tZ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It is gone, or goes while it is read.
            return false;
        }
    }

    private void Script(string name, string body)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
