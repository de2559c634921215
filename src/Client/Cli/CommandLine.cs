using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using AwoooP.Client.Cli.Commands;

namespace AwoooP.Client.Cli;

/// <summary>The command line <c>awooop</c>: one file a group of commands.</summary>
internal static class CommandLine
{
    /// <summary>No <c>RootCommand</c>: that one is called like its file, and help must show what people type.</summary>
    public static Command Create()
    {
        var root = new Command("awooop", $"AwoooP: incidents, approvals, playbooks and runs.\n{ExitCodes.Help}");
        foreach (var option in (ReadOnlySpan<Option>)[
            new HelpOption(), new VersionOption(), GlobalOptions.Url, GlobalOptions.Key, GlobalOptions.KeyFile, GlobalOptions.Project, GlobalOptions.Output,
            GlobalOptions.Json])
            root.Options.Add(option);

        foreach (var command in (ReadOnlySpan<Command>)
        [
            IncidentCommands.Create(),
            .. ApprovalCommands.Create(),
            PlaybookCommands.Create(),
            ContractCommands.Create(),
            .. AgentCommands.Create(),
            RunCommands.Create(),
            .. PauseCommands.Create(),
            AlertCommands.Create(),
            NotificationCommands.Create(),
            AuditCommands.Create(),
            EventCommands.Create(),
            .. DeliveryCommands.Create(),
            ClusterCommands.Create(),
            KpiCommands.Create(),
            BudgetCommands.Create(),
            OperatorCommands.Create(),
            KeyCommands.Create(),
            ProjectCommands.Create(),
            ApplyCommand.Create(),
            HoldCommands.Create(),
            RetentionCommands.Create(),
            DatabaseCommands.Create(),
            PostgresCommands.Create(),
            ReplayCommands.Create(),
            TenantCommands.Create(),
        ])
        {
            root.Subcommands.Add(command);
        }

        return root;
    }

    public static async Task<int> RunAsync(string[] arguments)
    {
        var parsed = Create().Parse(arguments);
        // Help and the version are shown whatever else was typed.
        return parsed.Action is ParseErrorAction
            ? WrongUsage.Tell(parsed)
            : await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>A command that talks to the API.</summary>
    public static Command Api(string name, string description, IEnumerable<Symbol> symbols, Func<ParseResult, ApiConnection, CancellationToken, Task> run) =>
        Local(name, description, symbols, async (arguments, cancellationToken) =>
        {
            using var api = ApiConnection.Open(arguments);
            await run(arguments, api, cancellationToken);
        });

    /// <summary>The command <c>list</c> of a group.</summary>
    /// <param name="empty">Said when there are no rows.</param>
    /// <param name="columns">Shown of each row.</param>
    public static Command List(string description, string empty, string path, IEnumerable<QueryOption> filters, params string[] columns) =>
        List("list", description, empty, [], _ => path, filters, columns);

    /// <summary>A command that shows one page of a list of the API.</summary>
    public static Command List(
        string name, string description, string empty, IEnumerable<Argument> about, Func<ParseResult, string> path, IEnumerable<QueryOption> filters,
        params string[] columns)
    {
        QueryOption[] query = [.. filters, SharedOptions.Cursor, SharedOptions.Limit];
        return Api(name, description, [.. about, .. query], async (arguments, api, token) =>
        {
            var given = query.Select(option => (option.Parameter, arguments.GetValue(option)));
            Shown.List(arguments, await api.GetAsync(path(arguments), given, token), empty, columns);
        });
    }

    /// <summary>A command that works on this machine.</summary>
    public static Command Local(string name, string description, IEnumerable<Symbol> symbols, Func<ParseResult, CancellationToken, Task> run)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Option option)
                command.Options.Add(option);
            else if (symbol is Argument argument)
                command.Arguments.Add(argument);
        }

        command.Validators.Add(WrongUsage.RefuseUnknownOptions);

        command.SetAction(async (arguments, cancellationToken) =>
        {
            try
            {
                await run(arguments, cancellationToken);
                return ExitCodes.Done;
            }
            catch (CliException refused)
            {
                await Console.Error.WriteLineAsync(refused.Message);
                return refused.ExitCode;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return ExitCodes.Done;
            }
        });
        return command;
    }

    /// <summary>Commands about one thing. The thing alone lists, when its commands can.</summary>
    public static Command Group(string name, string description, params IEnumerable<Command> commands)
    {
        var group = new Command(name, description);
        foreach (var command in commands)
        {
            group.Subcommands.Add(command);
            if (command.Name is not "list")
                continue;

            group.Action = command.Action;
            foreach (var option in command.Options)
                group.Options.Add(option);
        }

        return group;
    }
}
