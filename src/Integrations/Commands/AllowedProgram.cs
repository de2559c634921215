namespace AwoooP.Integrations.Commands;

/// <summary>One program that steps may run.</summary>
public sealed class AllowedProgram
{
    /// <summary>What no shell and no option parser gives a second meaning to by itself: used where a program names no patterns of its own.</summary>
    internal const string PlainArgument = "[A-Za-z0-9._:/@=,+-]{1,256}";

    /// <summary>Absolute path of the executable file. Not absolute: the silo does not start.</summary>
    public string Path { get; set; } = "";

    /// <summary>
    /// Regular expressions (.NET syntax, matched as a whole, in linear time); each argument must match one of them, else <c>argument_not_allowed</c>.
    /// Default: none, so that the program takes no arguments.
    /// </summary>
    public IList<string> Arguments { get; set; } = [];

    /// <summary>Absolute path. Default <c>/</c>.</summary>
    public string WorkingDirectory { get; set; } = "/";

    /// <summary>Names of the silo's environment variables that the program gets. Default: none.</summary>
    public IList<string> InheritEnvironment { get; set; } = [];

    /// <summary>Further environment variables with their values. Not for secrets: whoever sees the options sees them.</summary>
    public IDictionary<string, string> Environment { get; set; } = new Dictionary<string, string>();
}
