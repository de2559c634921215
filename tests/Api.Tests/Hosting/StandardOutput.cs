namespace AwoooP.Api.Tests.Hosting;

/// <summary>Tests that read what commands write take the process' output for themselves, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class StandardOutput
{
    public const string Name = "standard output";
}
