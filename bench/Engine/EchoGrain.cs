namespace AwoooP.Bench.Engine;

internal sealed class EchoGrain : Grain, IEchoGrain
{
    public Task TouchAsync() => Task.CompletedTask;

    public Task<Greeting> GreetAsync(Greeting greeting) => Task.FromResult(greeting);
}
