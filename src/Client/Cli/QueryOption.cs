using System.CommandLine;

namespace AwoooP.Client.Cli;

/// <summary>An option whose value goes into the query of a list as it was given; the API says what is wrong with it.</summary>
internal sealed class QueryOption : Option<string?>
{
    /// <param name="name">On the command line, e.g. <c>--incident</c>.</param>
    /// <param name="parameter">In the API, e.g. <c>incident_id</c>.</param>
    /// <param name="description">Shown by help.</param>
    public QueryOption(string name, string parameter, string description)
        : base(name)
    {
        Parameter = parameter;
        Description = description;
    }

    public string Parameter { get; }
}
