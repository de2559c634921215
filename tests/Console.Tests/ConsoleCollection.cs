namespace AwoooP.Console.Tests;

/// <summary>Every test class looks at the same system, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class ConsoleCollection : ICollectionFixture<ServedConsole>
{
    public const string Name = "console";
}
