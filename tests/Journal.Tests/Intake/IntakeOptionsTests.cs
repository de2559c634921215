using AwoooP.Journal.Intake;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Tests.Intake;

public sealed class IntakeOptionsTests
{
    [Fact]
    public void Options_ByDefault_AreValid() => Read(_ => { }).ConsumeItems.ShouldBePositive();

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(2, 1)]
    public void Options_RestsOutOfOrder_AreRefused(int shortest, int longest) => Should.Throw<OptionsValidationException>(() =>
        Read(options => (options.MinRest, options.MaxRest) = (TimeSpan.FromSeconds(shortest), TimeSpan.FromSeconds(longest))));

    private static IntakeOptions Read(Action<IntakeOptions> configure)
    {
        using var services = new ServiceCollection().AddIntake(configure).BuildServiceProvider();
        return services.GetRequiredService<IOptions<IntakeOptions>>().Value;
    }
}
