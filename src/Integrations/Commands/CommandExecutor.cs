using System.Globalization;
using AwoooP.Integrations.Outbound;
using AwoooP.Playbooks;
using AwoooP.Runs;

namespace AwoooP.Integrations.Commands;

/// <summary>Runs allow-listed local programs, each argument as it is: no shell, no inherited environment.</summary>
internal sealed class CommandExecutor(ProgramAllowList allowList, ProgramRunner runner) : IStepExecutor
{
    public string Kind => StepKinds.Command;

    public async Task<StepOutcome> ExecuteAsync(RepairStep step, StepContext context, CancellationToken cancellationToken)
    {
        var command = (CommandStep)step;
        return allowList.Refuse(command.Program, command.Arguments, out var program) is { } refusal
            ? StepOutcome.Failure(refusal)
            : await RunAsync(program!, command.Arguments, context, cancellationToken);
    }

    /// <summary>Checks the allow list for the real arguments; then runs the program with those for a dry run, if it has some.</summary>
    public async Task<StepOutcome> DryRunAsync(RepairStep step, StepContext context, CancellationToken cancellationToken)
    {
        var command = (CommandStep)step;
        if (allowList.Refuse(command.Program, command.Arguments, out var program) is { } refusal)
            return StepOutcome.Failure(refusal);
        if (command.DryRunArguments is not { } arguments)
            return StepOutcome.Success();
        return allowList.Refuse(command.Program, arguments, out program) is { } dryRefusal
            ? StepOutcome.Failure(dryRefusal)
            : await RunAsync(program!, arguments, context, cancellationToken);
    }

    public StepObstacle? FindObstacle(RepairStep step)
    {
        var command = (CommandStep)step;
        return FindObstacle(command.Program, command.Arguments, "arguments")
            ?? (command.DryRunArguments is { } arguments ? FindObstacle(command.Program, arguments, "dry_run_arguments") : null);
    }

    private StepObstacle? FindObstacle(string program, IReadOnlyList<string> arguments, string field) => allowList.Refuse(program, arguments, out _) switch
    {
        null => null,
        "argument_not_allowed" => new StepObstacle("argument_not_allowed", field),
        var refusal => new StepObstacle(refusal, "program"),
    };

    private async Task<StepOutcome> RunAsync(AllowedProgram program, IReadOnlyList<string> arguments, StepContext context, CancellationToken cancellationToken)
    {
        var end = await runner.RunAsync(program, arguments, context, cancellationToken);
        if (end is null)
            return StepOutcome.Failure("program_not_started");
        var output = OutputText.Clean(end.Output, end.Unread);
        return end.ExitCode == 0
            ? StepOutcome.Success(output)
            : StepOutcome.Failure(string.Create(CultureInfo.InvariantCulture, $"exit_code_{end.ExitCode}"), output);
    }
}
