namespace AwoooP.Bench.Engine;

/// <summary>Does nothing, so that what is measured is the way there and back.</summary>
public interface IEchoGrain : IGrainWithStringKey
{
    Task TouchAsync();

    Task<Greeting> GreetAsync(Greeting greeting);
}

public sealed record Greeting(string Name, int Number, DateTimeOffset At);
